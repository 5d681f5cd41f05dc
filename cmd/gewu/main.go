// Command gewu is the one program of the office.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the command line. A subcommand is a struct with a method
//
//	Run(ctx context.Context, c *console) error
//
// in a file of its own.
type commands struct {
	Lang  string `help:"Language of the output: zh or en; by default that of LANG, zh where it is neither." enum:"zh,en,auto" default:"auto"`
	Color string `help:"Colours: always, never, or auto, which is on a terminal and without NO_COLOR." enum:"auto,always,never" default:"auto"`

	Plan    planCommands   `cmd:"" help:"Read the tasks out of notices."`
	Table   tableCommands  `cmd:"" help:"Find out what blank workbooks ask for."`
	Kind    kindCommands   `cmd:"" help:"Kinds of records, as data."`
	Serve   serveCommand   `cmd:"" help:"Serve the office to browsers and programs."`
	Demo    demoCommand    `cmd:"" help:"Fill an empty database with a made-up office and its town."`
	Backup  backupCommand  `cmd:"" help:"Write database and files to one archive, while serving."`
	Restore restoreCommand `cmd:"" help:"Put an archive back into an empty place."`
	Key     keyCommands    `cmd:"" help:"Keys of the base ledger."`
	OpenAPI openapiCommand `cmd:"" name:"openapi" help:"Print the OpenAPI document."`
	Version versionCommand `cmd:"" help:"Print the version."`

	Config kong.ConfigFlag `help:"JSON file with settings, named like the flags." type:"path" env:"GEWU_CONFIG"`
}

// Exit codes.
const (
	exitFailed = 1 // the work could not be done
	exitUsage  = 2 // the command line makes no sense
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run does what args ask for and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var cmds commands
	exited := false
	parser, err := kong.New(&cmds,
		kong.Name("gewu"),
		kong.Description("Notices, tasks and ledgers of a subdistrict office."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { exited = true }), // after --help
		kong.Configuration(settings),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		fmt.Fprintln(stderr, "gewu:", err)
		return exitFailed
	}
	kctx, err := parser.Parse(args)
	if exited {
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "gewu: %v\nTry: gewu --help\n", err)
		return exitUsage
	}
	c := newConsole(cmds.Lang, cmds.Color, stdin, stdout, stderr)
	if err := kctx.Run(c); err != nil {
		return c.fail(err)
	}
	return 0
}

// settings reads the file of settings. The environment wins over it, which the
// library would have the other way round.
func settings(r io.Reader) (kong.Resolver, error) {
	file, err := kong.JSON(r)
	if err != nil {
		return nil, err
	}
	return kong.ResolverFunc(func(c *kong.Context, p *kong.Path, f *kong.Flag) (any, error) {
		for _, name := range f.Envs {
			if _, set := os.LookupEnv(name); set {
				return nil, nil
			}
		}
		return file.Resolve(c, p, f)
	}), nil
}

// A usageError is a command line that is well formed but asks for something
// that does not go together.
type usageError string

func (e usageError) Error() string { return string(e) }

// errShown ends the program after the errors have been printed.
var errShown = errors.New("failed")
