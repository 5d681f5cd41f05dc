package code

import (
	"strings"
	"unicode/utf8"
)

// A Plate is a vehicle's registration plate: those of GA 36 and the plates of
// new-energy vehicles. It is valid or zero and compares with ==. Plates of the
// army, of embassies, and local plates of tractors and mopeds are not read.
type Plate struct {
	text string
	kind PlateKind
}

// A PlateKind is the sort of a plate as its number tells it.
type PlateKind int

const (
	NoPlate        PlateKind = iota
	OrdinaryPlate            // blue, yellow, …: the number does not tell
	NewEnergySmall           // 浙A D 12345: the letter in the third place
	NewEnergyLarge           // 浙A 12345 D: the letter in the last
	DrivingSchool            // …学
	Trailer                  // …挂
	Police                   // …警
	HongKongCross            // …港, cross-border
	MacaoCross               // …澳, cross-border
	ConsulatePlate           // …领
)

// A Colour is the ground of a plate.
type Colour int

const (
	NoColour    Colour = iota // the number does not tell
	Yellow                    // driving schools, trailers
	White                     // police
	Black                     // cross-border, consulates
	Green                     // small new-energy vehicles
	YellowGreen               // large new-energy vehicles
)

var colourNames = [...]sentence{
	{"", ""}, {"黄色", "yellow"}, {"白色", "white"}, {"黑色", "black"}, {"渐变绿色", "green"}, {"黄绿双拼色", "yellow and green"},
}

// Name is the colour's name, English for "en", else Chinese; "" for NoColour.
func (c Colour) Name(lang string) string {
	if c < 0 || int(c) >= len(colourNames) {
		return ""
	}
	if lang == "en" {
		return colourNames[c].en
	}
	return colourNames[c].zh
}

const plateProvinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// ParsePlate reads a plate with or without a dot, hyphen or space behind the
// office's letter. It fails with ErrEmpty, ErrPlate, or with ErrPlateChar where
// the letters I or O stand for a digit. A vehicle may well have a plate that is
// not read here: show the error as a warning.
func ParsePlate(s string) (Plate, error) {
	text := tidy(s)
	if strings.ContainsAny(text, "·.-•・") {
		text = strings.NewReplacer("·", "", ".", "", "-", "", "•", "", "・", "").Replace(text)
	}
	if text == "" {
		return Plate{}, ErrEmpty
	}
	head, size := utf8.DecodeRuneInString(text)
	if !strings.ContainsRune(plateProvinces, head) || head == utf8.RuneError {
		return Plate{}, ErrPlate
	}
	tail := text[size:]
	if i := strings.IndexAny(tail, "IO"); i >= 0 && len(tail) >= 6 {
		return Plate{}, wrongAt(CodePlateChar, i+2)
	}
	kind := plateKind(tail)
	if kind == NoPlate {
		return Plate{}, ErrPlate
	}
	return Plate{text, kind}, nil
}

// plateKind reads what follows the province.
func plateKind(t string) PlateKind {
	if len(t) < 6 || !plateLetter(t[0]) {
		return NoPlate
	}
	serial, mark := t[1:], ""
	if len(t) == 8 { // one Chinese character in the last place
		serial, mark = t[1:5], t[5:]
	}
	for i := range len(serial) {
		if !plateLetter(serial[i]) && (serial[i] < '0' || serial[i] > '9') {
			return NoPlate
		}
	}
	switch {
	case len(serial) == 5:
		return OrdinaryPlate
	case len(serial) == 6 && energyLetter(serial[0]) && digits(serial[2:]):
		return NewEnergySmall
	case len(serial) == 6 && energyLetter(serial[5]) && digits(serial[:5]):
		return NewEnergyLarge
	case len(serial) != 4:
		return NoPlate
	}
	switch mark {
	case "学":
		return DrivingSchool
	case "挂":
		return Trailer
	case "警":
		return Police
	case "港":
		return HongKongCross
	case "澳":
		return MacaoCross
	case "领":
		return ConsulatePlate
	}
	return NoPlate
}

func plateLetter(c byte) bool { return c >= 'A' && c <= 'Z' && c != 'I' && c != 'O' }

// energyLetter: D and F at first, since extended to A–C, E (electric) and G–K.
func energyLetter(c byte) bool { return c >= 'A' && c <= 'K' && c != 'I' }

// Kind is the sort of plate; NoPlate for the zero Plate.
func (p Plate) Kind() PlateKind { return p.kind }

// Colour is the plate's ground where its number tells it, after GA 36-2018.
func (p Plate) Colour() Colour {
	switch p.kind {
	case NewEnergySmall:
		return Green
	case NewEnergyLarge:
		return YellowGreen
	case DrivingSchool, Trailer:
		return Yellow
	case Police:
		return White
	case HongKongCross, MacaoCross, ConsulatePlate:
		return Black
	}
	return NoColour
}

// Province is the entry of [Provinces] whose character begins the plate; false
// for the zero Plate.
func (p Plate) Province() (Entry, bool) {
	_, size := utf8.DecodeRuneInString(p.text)
	return Provinces.ByName(p.text[:size])
}

// IsZero tells whether there is no plate.
func (p Plate) IsZero() bool { return p.text == "" }

// String is the plate in capitals without a separator: 浙A12345.
func (p Plate) String() string { return p.text }

// Dotted is the plate as it is embossed: 浙A·12345.
func (p Plate) Dotted() string {
	if p.text == "" {
		return ""
	}
	_, size := utf8.DecodeRuneInString(p.text)
	return p.text[:size+1] + "·" + p.text[size+1:]
}

// MarshalText is String.
func (p Plate) MarshalText() ([]byte, error) { return []byte(p.text), nil }

// UnmarshalText is ParsePlate; the empty text is the zero Plate.
func (p *Plate) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*p = Plate{}
		return nil
	}
	*p, err = ParsePlate(string(b))
	return err
}
