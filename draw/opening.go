package draw

import "fmt"

// Modes.
const (
	ModeA = "A" // fixed list, public seed
	ModeB = "B" // sealed secrets of several parties
)

// An Opening fixes everything before chance has its say.
type Opening struct {
	Mode      string
	Title     string
	Date      string // day of the draw, 2026-06-01
	Number    int    // from 1: which draw this is in a row for the same thing
	Previous  *Previous
	Generator Generator
	Rules     Rules

	// Mode B.
	Parties          []Party
	PublicNumberRule string // which public number is mixed in, and how it is written; empty: none

	// The list's hashes and length, which Open sets.
	List      Digest
	ListCount int
}

// A Party seals a secret.
type Party struct {
	ID   string
	Name string
}

// Previous names the draw before, which stays published.
type Previous struct {
	Number int
	File   Digest // of its file, at whatever stage it was given up
	Reason string // why there is another draw
}

// check checks the opening by itself; the list is compared elsewhere.
func (o *Opening) check() error {
	const at = "opening"
	if err := checkChoice(at+".mode", o.Mode, ModeA, ModeB); err != nil {
		return err
	}
	if err := checkText(at+".title", o.Title, 1, 200); err != nil {
		return err
	}
	if err := checkDate(at+".date", o.Date); err != nil {
		return err
	}
	if err := o.checkNumber(); err != nil {
		return err
	}
	if err := o.Generator.check(at+".generator", o.Mode); err != nil {
		return err
	}
	if err := o.Rules.check(at + ".rules"); err != nil {
		return err
	}
	return o.checkParties()
}

func (o *Opening) checkNumber() error {
	if err := checkRange("opening.number", int64(o.Number), 1, 1_000_000); err != nil {
		return err
	}
	p := o.Previous
	if (p != nil) != (o.Number > 1) || p != nil && p.Number != o.Number-1 {
		return fault(CodePrevious, "opening.previous", o.Number)
	}
	if p == nil {
		return nil
	}
	if err := checkText("opening.previous.reason", p.Reason, 1, 500); err != nil {
		return err
	}
	return p.File.check("opening.previous.")
}

func (o *Opening) checkParties() error {
	if o.Mode == ModeA {
		if len(o.Parties) > 0 || o.PublicNumberRule != "" {
			return fault(CodeMode, "opening.parties", o.Mode)
		}
		return nil
	}
	if len(o.Parties) < 2 || len(o.Parties) > 20 {
		return fault(CodeParties, "opening.parties", len(o.Parties))
	}
	seen := map[string]bool{}
	for i, p := range o.Parties {
		at := fmt.Sprintf("opening.parties[%d]", i)
		if err := checkWord(at+".id", p.ID); err != nil {
			return err
		}
		if seen[p.ID] {
			return fault(CodeTwice, at+".id", p.ID)
		}
		seen[p.ID] = true
		if err := checkText(at+".name", p.Name, 1, 100); err != nil {
			return err
		}
	}
	return checkText("opening.public_number_rule", o.PublicNumberRule, 0, 500)
}

// party is the place of a party, or -1.
func (o *Opening) party(id string) int {
	for i, p := range o.Parties {
		if p.ID == id {
			return i
		}
	}
	return -1
}
