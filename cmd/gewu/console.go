package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// A console is where a command reads and writes, in the user's language.
type console struct {
	in       io.Reader
	out, err io.Writer
	lang     string // "zh" or "en"
	colors   bool
	width    int // columns to fill
}

func newConsole(lang, color string, in io.Reader, out, err io.Writer) *console {
	c := &console{in: in, out: out, err: err, lang: lang, width: 80}
	if lang == "auto" {
		c.lang = envLang()
	}
	f, isFile := out.(*os.File)
	terminal := isFile && term.IsTerminal(int(f.Fd()))
	if terminal {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			c.width = w
		}
	}
	if w, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && w > 0 {
		c.width = w
	}
	c.width = min(max(c.width, 40), 120) // longer lines are hard to read
	switch color {
	case "always":
		c.colors = true
	case "auto": // https://no-color.org: set and not empty
		c.colors = terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return c
}

// envLang reads the language as gettext does.
func envLang() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), "en") {
				return "en"
			}
			return "zh"
		}
	}
	return "zh"
}

// say chooses the text in the user's language.
func (c *console) say(zh, en string) string {
	if c.lang == "en" {
		return en
	}
	return zh
}

// Colours, as SGR parameters.
const (
	bold  = "1"
	dim   = "2"
	green = "32"
	cyan  = "36"
)

func (c *console) paint(sgr, s string) string {
	if !c.colors || s == "" || sgr == "" {
		return s
	}
	return "\x1b[" + sgr + "m" + s + "\x1b[0m"
}

// fail prints err and returns the exit code for it.
func (c *console) fail(err error) int {
	if usage, ok := errors.AsType[usageError](err); ok {
		fmt.Fprintf(c.err, "gewu: %s\n", usage)
		return exitUsage
	}
	if !errors.Is(err, errShown) {
		fmt.Fprintln(c.err, c.sentence(err))
	}
	return exitFailed
}

var errFolder = errors.New("is a folder")

// sentence is what a person reads of an error.
func (c *console) sentence(err error) string {
	var speaks interface{ Sentence(lang string) string }
	var file *fs.PathError
	switch {
	case errors.As(err, &speaks):
		return speaks.Sentence(c.lang)
	case !errors.As(err, &file):
		return err.Error()
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf(c.say("找不到文件“%s”，请检查文件名和所在文件夹。", "There is no file %q; check its name and folder."), file.Path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Sprintf(c.say("没有权限打开“%s”，请检查文件的权限设置。", "No permission for %q; check the file's access rights."), file.Path)
	case errors.Is(err, errFolder):
		return fmt.Sprintf(c.say("“%s”是文件夹，请指定其中的文件。", "%q is a folder; name the files in it."), file.Path)
	}
	return fmt.Sprintf(c.say("无法读写“%s”：%v。", "Cannot read or write %q: %v."), file.Path, file.Err)
}
