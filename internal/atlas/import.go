package atlas

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/peterstace/simplefeatures/geom"

	"gewu/internal/access"
	"gewu/internal/journal"
	"gewu/internal/store"
)

// An Imported file says what became of its features.
type Imported struct {
	Set     int      `json:"set"`
	Same    int      `json:"same"`
	Unknown []string `json:"unknown" nullable:"false" doc:"features whose place or building is not known, by name or number; at most 50"`
	Wrong   []string `json:"wrong" nullable:"false" doc:"features whose line is wrong; at most 50"`
	// Outside are borders that lie outside of the place that they belong to.
	Outside []string `json:"outside" nullable:"false" doc:"borders that lie outside of the place above, at most 50"`
	// Elsewhere are buildings that the ledger has in another grid than the map.
	Elsewhere []string `json:"elsewhere" nullable:"false" doc:"buildings that stand outside the grid to which the ledger counts them; at most 50"`
}

// Import reads borders and outlines from a GeoJSON file. A feature says whom it
// is about by its id, or by a property code, place, id, building or name.
func (s *Service) Import(ctx context.Context, who access.Identity, within string, file []byte) (Imported, error) {
	if !who.Has(within, access.Keeper) {
		return Imported{}, access.ErrDenied
	}
	var in struct {
		Type     string `json:"type"`
		Features []struct {
			ID         any             `json:"id"`
			Geometry   json.RawMessage `json:"geometry"`
			Properties map[string]any  `json:"properties"`
		} `json:"features"`
	}
	if err := json.Unmarshal(file, &in); err != nil || in.Type != "FeatureCollection" {
		return Imported{}, errFile
	}
	if len(in.Features) > 20000 {
		return Imported{}, errLarge
	}
	ds, err := s.drawable(ctx, within)
	if err != nil {
		return Imported{}, err
	}
	out := Imported{}
	err = s.db.Tx(ctx, func(tx *store.Tx) (err error) {
		out = Imported{Unknown: []string{}, Wrong: []string{}, Outside: []string{}, Elsewhere: []string{}}
		var buildings []building
		var set []border
		for n, f := range in.Features {
			about, layer, place, label := ds.about(n, f.ID, f.Properties)
			if about == "" {
				out.Unknown = note(out.Unknown, label)
				continue
			}
			g, err := polygon(f.Geometry)
			if err != nil {
				out.Wrong = note(out.Wrong, label)
				continue
			}
			old, err := store.One[row](ctx, tx, store.SQL("SELECT about, layer, place, '' AS name, lon, lat, geometry, version FROM shape WHERE about = ?", about).Anywhere())
			if err != nil && !errors.Is(err, store.ErrNone) {
				return err
			}
			if in, ok := g.PointOnSurface().XY(); ok && layer == "building" {
				buildings = append(buildings, building{label, place, in})
			}
			if text, _ := g.MarshalJSON(); string(text) == old.Geometry {
				out.Same++
				continue
			}
			if _, err := s.put(ctx, tx, about, layer, place, old.Version, g); err != nil {
				return err
			}
			out.Set++
			if layer != "building" {
				set = append(set, border{label, about, g})
			}
		}
		// When all are written, in whatever order they came.
		for _, b := range set {
			above, err := s.outside(ctx, tx, b.place, b.line)
			if err != nil {
				return err
			}
			if above != "" {
				out.Outside = note(out.Outside, b.label)
			}
		}
		if len(buildings) > 0 {
			if out.Elsewhere, err = s.elsewhere(ctx, tx, within, buildings); err != nil {
				return err
			}
		}
		return journal.Append(ctx, tx, who.Actor(), s.now(), journal.Entry{
			Verb: "place.import_lines", Subject: "place", SubjectID: within, Place: within,
			// Labels may be anything that stood in the file.
			After: map[string]int{"set": out.Set, "same": out.Same, "unknown": len(out.Unknown), "wrong": len(out.Wrong), "outside": len(out.Outside), "elsewhere": len(out.Elsewhere)}})
	})
	return out, err
}

type border struct {
	label, place string
	line         geom.Geometry
}

type building struct {
	label, place string
	at           geom.XY
}

// elsewhere names the buildings that stand in the border of another grid than
// that of the ledger. Where no grid is drawn nothing is said.
func (s *Service) elsewhere(ctx context.Context, tx *store.Tx, within string, buildings []building) ([]string, error) {
	l, err := s.locator(ctx, tx, "grid", within)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, b := range buildings {
		if grid := l.Locate(b.at.X, b.at.Y); grid != "" && !strings.HasPrefix(grid, b.place) {
			out = note(out, b.label)
		}
	}
	return out, nil
}

func note(list []string, label string) []string {
	if len(list) < 50 {
		list = append(list, label)
	}
	return list
}

// drawables are the places and buildings that a file may be about: by code, id,
// name and address, nil where two have the same.
type drawables map[string]*drawable

type drawable struct {
	About string `db:"about"`
	Place string `db:"place"`
	Name  string `db:"name"`
}

// drawable reads what may be drawn inside a place.
func (s *Service) drawable(ctx context.Context, within string) (drawables, error) {
	scope := store.Scope{Places: []string{within}}
	out := drawables{}
	for _, q := range []store.Query{
		store.SQL("SELECT code AS about, code AS place, name FROM place WHERE length(code) IN (9, 12, 15)").In(scope, "code", ""),
		store.SQL("SELECT id AS about, place, address AS name FROM subject WHERE kind = 'building' AND gone = ''").In(scope, "place", ""),
	} {
		rows, err := store.All[drawable](ctx, s.db, q.Add(" LIMIT 500000"))
		if err != nil {
			return nil, err
		}
		for i := range rows {
			d := &rows[i]
			out[d.About] = d
			if _, twice := out[d.Name]; twice {
				d = nil
			}
			out[rows[i].Name] = d
		}
	}
	return out, nil
}

// about finds the place or building that a feature is about, "" if there is
// none or none inside the place.
func (ds drawables) about(n int, id any, p map[string]any) (about, layer, place, label string) {
	label = "#" + strconv.Itoa(n+1)
	var found *drawable
	for _, v := range []any{id, p["code"], p["编号"], p["编码"], p["代码"], p["place"], p["id"], p["building"], p["地址"], p["楼栋"], p["name"], p["名称"]} {
		if t, ok := v.(string); ok && strings.TrimSpace(t) != "" {
			label = strings.TrimSpace(t)
			if found == nil {
				found = ds[label]
			}
		}
	}
	switch {
	case found == nil:
		return "", "", "", label
	case found.About == found.Place:
		return found.About, layerOf(found.Place), found.Place, label
	}
	return found.About, "building", found.Place, label
}
