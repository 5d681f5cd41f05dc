package draw_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gewu/draw"
)

var update = flag.Bool("update", false, "rewrite the golden bundles")

// A golden is a draw with made-up codes; its bundle stands in testdata.
type golden struct {
	list    string
	opening draw.Opening
	seed    string
	reveals []draw.Reveal // secret of each party; what differs from it says so
	public  string
}

func secretOf(party string) string {
	return draw.DigestOf([]byte("made up: " + party)).SHA256
}

const plainList = "code\nC001\nC002\nC003\nC004\nC005\nC006\nC007\nC008\nC009\nC010\n"

const homesList = `code,household,type,group
26-0001,H01,一居室,
26-0002,H02,一居室,优抚
26-0003,H03,两居室,
26-0004,H04,一居室,
26-0005,H05,两居室,残疾
26-0006,H06,一居室,残疾
26-0007,H07,两居室,
26-0008,H08,一居室,
26-0009,H09,两居室,优抚
26-0010,H10,一居室,
26-0011,H11,两居室,
26-0012,H12,一居室,优抚
26-0013,H13,两居室,
26-0014,H14,一居室,
26-0015,H15,两居室,
`

func homes() draw.Rules {
	return draw.Rules{Types: []draw.Type{
		{Type: "一居室", Homes: 4, Waiting: 2, Reserved: []draw.Reserve{{Group: "优抚", Homes: 1, Rest: draw.RestOpen}, {Group: "残疾", Homes: 2, Rest: draw.RestOpen}}},
		{Type: "两居室", Homes: 3, Waiting: 1, Reserved: []draw.Reserve{{Group: "优抚", Homes: 2, Rest: draw.RestKeep}}},
	}}
}

var parties = []draw.Party{{ID: "notary", Name: "白鹭公证处"}, {ID: "residents", Name: "居民代表 “三人组”"}, {ID: "supervisor", Name: "Supervisor \\ \"on site\""}}

func goldens() map[string]golden {
	shuffled := draw.LCG()
	shuffled.Order, shuffled.Range, shuffled.Increment, shuffled.Skip = draw.OrderShuffle, draw.RangeReject, 12345, 100
	shuffled.Multiplier, shuffled.Modulus, shuffled.Source = 1103515245, 1<<31, "made up for a test"
	modulo := draw.LCG()
	modulo.Range, modulo.Modulus, modulo.Multiplier = draw.RangeModulo, 4294967291, 1588635695
	first := draw.Opening{Mode: draw.ModeA, Number: 1, Date: "2026-06-01", Title: "白鹭街道春季摇号", Generator: draw.LCG()}
	withHomes := first
	withHomes.Rules, withHomes.Generator = homes(), shuffled
	second := first
	second.Number, second.Title, second.Generator = 2, "白鹭街道春季摇号（第二次）", modulo
	second.Previous = &draw.Previous{Number: 1, Reason: "第一次名单漏列一户", File: draw.DigestOf([]byte("the first file"))}
	sealed := draw.Opening{Mode: draw.ModeB, Number: 1, Date: "2026-06-01", Title: "Spring draw", Generator: draw.DRBG("sha256"), Parties: parties}
	sealedHomes := sealed
	sealedHomes.Rules, sealedHomes.Generator = homes(), draw.DRBG("sm3")
	lottery := sealedHomes
	lottery.PublicNumberRule = "福利彩票双色球2026063期开奖号码，红球从小到大、再蓝球，两位数字连写"
	one := sealed
	one.Rules = draw.Rules{Types: []draw.Type{{Type: "A", Homes: 3, Waiting: 4}}}
	return map[string]golden{
		"a-order":  {list: plainList, opening: first, seed: "123456"},
		"a-homes":  {list: homesList, opening: withHomes, seed: "000042"},
		"a-second": {list: plainList, opening: second, seed: "999999999999999999"},
		"b-order":  {list: plainList, opening: sealed},
		"b-one":    {list: plainList, opening: one},
		"b-homes":  {list: homesList, opening: sealedHomes},
		"b-public": {list: homesList, opening: lottery, public: "05 12 18 22 27 30 + 07"},
		"b-failing": {list: homesList, opening: lottery, public: "0512182227300", reveals: []draw.Reveal{
			{Party: "notary", How: draw.HowEnvelope, Note: "封存信封，当场启封"},
			{Party: "residents", How: draw.HowWrong, Secret: "我的秘密", Note: "所示与密封值不符"},
			{Party: "supervisor", How: draw.HowAbsent, Note: "未到场"},
		}},
	}
}

// bundle draws g.
func (g golden) bundle(t testing.TB) *draw.Bundle {
	t.Helper()
	list, err := draw.ReadList(strings.NewReader(g.list))
	if err != nil {
		t.Fatal(err)
	}
	b, err := draw.Open(g.opening, list)
	if err != nil {
		t.Fatal(err)
	}
	if g.opening.Mode == draw.ModeA {
		err = b.RunSeed(g.seed)
	} else {
		g.seal(t, b)
		err = b.Run(g.public)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (g golden) seal(t testing.TB, b *draw.Bundle) {
	t.Helper()
	for _, p := range parties {
		c, err := b.Seal(p.ID, secretOf(p.ID))
		if err == nil {
			err = b.Commit(c)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	reveals := g.reveals
	if reveals == nil {
		for _, p := range parties {
			reveals = append(reveals, draw.Reveal{Party: p.ID, How: draw.HowParty})
		}
	}
	for _, r := range reveals {
		if r.How == draw.HowParty || r.How == draw.HowEnvelope {
			r.Secret = secretOf(r.Party)
		}
		if err := b.Reveal(r); err != nil {
			t.Fatal(err)
		}
	}
}

func TestGolden(t *testing.T) {
	for name, g := range goldens() {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("testdata", name+".json")
			got := g.bundle(t).Encode()
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("%s differs:\n%s", file, got)
			}
			b, err := draw.Parse(string(want))
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Verify(); err != nil {
				t.Error(err)
			}
			if string(b.Encode()) != string(want) {
				t.Error("written again it has other bytes")
			}
		})
	}
}

// python runs the independent program of docs/, which shares no line with this
// package. It returns what it printed and whether it agreed.
func python(t testing.TB, file string) (string, bool) {
	t.Helper()
	exe, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("not run: there is no python3 here for docs/verify_draw.py")
	}
	out, err := exec.Command(exe, "-X", "utf8", filepath.Join("..", "docs", "verify_draw.py"), file).CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatal(err)
	}
	return string(out), err == nil
}

func TestPythonAgrees(t *testing.T) {
	for name := range goldens() {
		file := filepath.Join("testdata", name+".json")
		if out, ok := python(t, file); !ok || !strings.HasPrefix(out, "VERIFIED") {
			t.Errorf("%s: %s", name, out)
		}
	}
	out, _ := python(t, filepath.Join("testdata", "b-homes.json"))
	b, err := draw.Parse(readFile(t, filepath.Join("testdata", "b-homes.json")))
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("SHA-256 of the file %s of the opening %s", b.FileDigest().SHA256, b.OpeningDigest().SHA256); !strings.Contains(out, want) {
		t.Errorf("%s does not contain %s", out, want)
	}
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
