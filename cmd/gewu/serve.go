package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"gewu/internal/access"
	"gewu/internal/api"
	"gewu/internal/demo"
	"gewu/internal/office"
	"gewu/internal/server"
)

type serveCommand struct {
	storage
	ledgerFlags
	Addr    string `help:"Address to listen on." default:"127.0.0.1:8080" env:"GEWU_ADDR"`
	BaseURL string `help:"Address that people type, for links; https makes cookies secure." env:"GEWU_BASE_URL"`
	Log     string `help:"Form of the log: text or json." enum:"text,json" default:"text" env:"GEWU_LOG"`
	// Tiles are asked for by the browsers, with this key.
	TiandituKey string `help:"Key of the office for Tianditu: the map then offers its tiles as a background. Without it nothing outside is asked." placeholder:"KEY" env:"GEWU_TIANDITU_KEY"`
	Demo        bool   `help:"Fill an empty database with a made-up office." env:"GEWU_DEMO"`
	demoTown
}

// Run serves until it is told to stop, then lets running requests finish.
func (s serveCommand) Run(ctx context.Context, c *console) error {
	log := slog.New(slog.NewTextHandler(c.err, nil))
	if s.Log == "json" {
		log = slog.New(slog.NewJSONHandler(c.err, nil))
	}
	o, closeOffice, err := s.open(ctx, s.ledgerFlags, log)
	if err != nil {
		return err
	}
	defer closeOffice()
	listener, err := net.Listen("tcp", s.Addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return usageError(c.say("地址 "+s.Addr+" 已被占用：可能程序已在运行，或用 --addr 换一个端口", s.Addr+" is in use: the program may be running already, or choose another port with --addr"))
	}
	if err != nil {
		return err
	}
	if o.BaseURL = strings.TrimSuffix(s.BaseURL, "/"); o.BaseURL == "" {
		o.BaseURL = "http://" + listener.Addr().String()
	}
	o.Tianditu = strings.TrimSpace(s.TiandituKey)
	if err := first(ctx, c, o, s.Demo, s.demoTown); err != nil {
		listener.Close()
		return err
	}
	go forget(ctx, o)
	srv := &http.Server{
		Handler:           server.New(o, o.DB),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       5 * time.Minute, // the largest file over a slow line
		WriteTimeout:      10 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
		defer cancel()
		stopped <- srv.Shutdown(grace)
	}()
	fmt.Fprintln(c.out, c.say("格务已启动："+o.BaseURL, "Gewu is at "+o.BaseURL))
	if err := srv.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped // before the database closes
}

// first prepares an empty database: the demo office, or an administrator whose
// password is printed once.
func first(ctx context.Context, c *console, o api.Office, wantDemo bool, town demoTown) error {
	empty, err := o.Access.Empty(ctx)
	if err != nil {
		return err
	}
	if wantDemo {
		if empty {
			fmt.Fprintln(c.out, c.say("首次启动，正在生成演示数据，请稍候……", "First start: the demo office is being made, one moment …"))
			if err := town.make(ctx, o); err != nil {
				return err
			}
		}
		fmt.Fprint(c.out, demo.Accounts(c.lang))
		return nil
	}
	if !empty {
		return nil
	}
	// The administrator sits outside the tree of places, which is still to be
	// made.
	system := access.System("first start")
	if err := o.Units.AddPlace(ctx, system, office.Place{Code: "00", Name: "系统"}); err != nil {
		return err
	}
	u, err := o.Units.Create(ctx, system, office.Unit{Name: "系统管理", Kind: office.Other, Place: "00"})
	if err != nil {
		return err
	}
	username, password, err := o.Access.First(ctx, u.ID)
	if err != nil {
		return fmt.Errorf("make the administrator: %w", err)
	}
	fmt.Fprintf(c.out, c.say("首次启动，已建立管理员账号。账号 %s，初始密码 %s（只显示这一次，登录后须修改）\n",
		"First start: the administrator is %s, the password %s (shown this once; it must be changed at sign-in).\n"), username, password)
	return nil
}

// forget indexes what an earlier version entered by another rule, and then
// drops what is past its retention: answers to requests that nobody will
// repeat any more, workbooks that came in or went out long ago, data elements of
// whoever has left.
func forget(ctx context.Context, o api.Office) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	if n, err := o.Subjects.Reindex(ctx); err != nil && ctx.Err() == nil {
		o.Log.Error("index subjects", "err", err)
	} else if n > 0 {
		o.Log.Info("indexed what an earlier version had entered", "subjects", n)
	}
	for {
		if err := o.DB.ForgetAnswers(ctx, time.Now().Add(-48*time.Hour)); err != nil && ctx.Err() == nil {
			o.Log.Error("forget answers", "err", err)
		}
		for _, f := range []func(context.Context) error{o.Intakes.Forget, o.Fills.Forget} {
			if err := f(ctx); err != nil && ctx.Err() == nil {
				o.Log.Error("forget workbooks", "err", err)
			}
		}
		if n, err := o.Subjects.Forget(ctx); err != nil && ctx.Err() == nil {
			o.Log.Error("forget subjects", "err", err)
		} else if n > 0 {
			o.Log.Info("dropped what is past its retention", "subjects", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
