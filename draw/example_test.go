package draw_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"gewu/draw"
)

// Mode A: a list that was published and a seed that was drawn in public.
func Example() {
	list, err := draw.ReadList(strings.NewReader("编号\n甲-01\n甲-02\n甲-03\n甲-04\n"))
	if err != nil {
		log.Fatal(err)
	}
	b, err := draw.Open(draw.Opening{
		Mode: draw.ModeA, Number: 1, Date: "2026-06-01", Title: "春季公租房摇号",
		Generator: draw.LCG(),
		Rules:     draw.Rules{Types: []draw.Type{{Type: "一居室", Homes: 2, Waiting: 1}}},
	}, list)
	if err != nil {
		log.Fatal(err)
	}
	if err := b.RunSeed("123456"); err != nil {
		log.Fatal(err)
	}
	for rank := 1; rank <= b.Len(); rank++ {
		p := b.At(rank)
		fmt.Println(rank, p.Code, p.Outcome, p.Place)
	}
	// Output:
	// 1 甲-04 home 1
	// 2 甲-01 home 2
	// 3 甲-02 wait 1
	// 4 甲-03 none 0
}

// Mode B: each party seals a secret; the result depends on both.
func ExampleBundle_Run() {
	list, err := draw.ReadList(strings.NewReader("code\nA1\nA2\nA3\n"))
	if err != nil {
		log.Fatal(err)
	}
	b, err := draw.Open(draw.Opening{
		Mode: draw.ModeB, Number: 1, Date: "2026-06-01", Title: "Stalls of the market",
		Generator: draw.DRBG("sha256"),
		Parties:   []draw.Party{{ID: "notary", Name: "Notary"}, {ID: "traders", Name: "The traders' delegate"}},
	}, list)
	if err != nil {
		log.Fatal(err)
	}
	secrets := map[string]string{"notary": strings.Repeat("1", 64), "traders": strings.Repeat("7", 64)} // draw.NewSecret()
	for _, p := range b.Opening.Parties {
		c, err := b.Seal(p.ID, secrets[p.ID])
		if err != nil {
			log.Fatal(err)
		}
		if err := b.Commit(c); err != nil {
			log.Fatal(err)
		}
	}
	// b.SealDigest() is published; then the secrets are shown.
	for _, p := range b.Opening.Parties {
		if err := b.Reveal(draw.Reveal{Party: p.ID, How: draw.HowParty, Secret: secrets[p.ID]}); err != nil {
			log.Fatal(err)
		}
	}
	if err := b.Run(""); err != nil {
		log.Fatal(err)
	}
	fmt.Println(b.At(1).Code, b.At(2).Code, b.At(3).Code)
	// Output: A3 A2 A1
}

// A bundle is read strictly and worked out again.
func ExampleRead() {
	f, err := os.Open("testdata/a-order.json")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	b, err := draw.Read(f)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(b.Verify())
	p, err := b.Find("C007")
	fmt.Println(p.Rank, err)
	_, err = draw.Parse(string(b.Encode()) + "\n")
	fmt.Println(err)
	// Output:
	// <nil>
	// 8 <nil>
	// the content ends at byte 1632, and 1 more bytes follow. Use the original file.
}
