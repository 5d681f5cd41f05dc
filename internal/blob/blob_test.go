package blob_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"gewu/internal/blob"
	"gewu/internal/fault"
)

func TestPutGet(t *testing.T) {
	d, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	hash, size, err := d.Put(strings.NewReader("签到表"), 100)
	if err != nil || size != 9 {
		t.Fatal(size, err)
	}
	again, _, err := d.Put(strings.NewReader("签到表"), 100)
	if err != nil || again != hash {
		t.Errorf("the same content has another hash: %s %s %v", hash, again, err)
	}
	f, err := d.Get(hash)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if b, _ := io.ReadAll(f); string(b) != "签到表" {
		t.Errorf("got %q", b)
	}
	if _, _, err := d.Put(strings.NewReader(strings.Repeat("x", 101)), 100); !errors.Is(err, blob.ErrTooLarge) {
		t.Errorf("over the limit: %v", err)
	}
	for _, bad := range []string{"", "../../etc/passwd", strings.Repeat("0", 64), strings.Repeat("/", 64)} {
		if _, err := d.Get(bad); fault.Of(err) == nil || fault.Of(err).Kind != fault.Missing {
			t.Errorf("Get(%q) = %v", bad, err)
		}
	}
}
