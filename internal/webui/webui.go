// Package webui serves the browser application that is built into the program.
// Without it, as after a plain go build, a page says how to build it.
package webui

import (
	"bytes"
	"embed"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// The built application; `make web` puts it there.
//
//go:embed all:dist
var dist embed.FS

const standIn = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>格务 Gewu</title>
<style>body{font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:40em;margin:15vh auto;padding:0 1em}</style>
<h1>格务</h1>
<p>接口已在运行，但这个程序没有包含浏览器界面。请在源码目录运行 <code>make web</code> 后重新编译，或直接运行 <code>make run</code>。</p>
<p lang="en">The API is running, but this program was built without the browser application. Run <code>make web</code> and build again, or simply <code>make run</code>.</p>
<p><a href="/api/docs">接口说明 API</a></p>
</html>
`

// Handler serves the application: files as they are, any other path as the
// page, which finds its way by the address.
func Handler() http.Handler {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is a constant
	}
	index, err := fs.ReadFile(files, "index.html")
	if err != nil {
		index = []byte(standIn)
	}
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if info, err := fs.Stat(files, name); err == nil && !info.IsDir() && name != "index.html" && name != ".keep" {
			if strings.HasPrefix(name, "assets/") {
				// The name holds a hash of the content.
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			server.ServeHTTP(w, r)
			return
		}
		if strings.HasPrefix(name, "assets/") || path.Ext(name) != "" {
			http.NotFound(w, r) // a missing script must not be answered by a page
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(index))
	})
}
