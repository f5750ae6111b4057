package browser

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

var (
	pageFile = flag.String("page", "../../../bin/report.html", "the page to test")
	shots    = flag.String("shots", "../../../bin", "folder of the screenshots")
)

// chromium is the browser that all tests have a tab of.
var chromium context.Context

// TestMain fails without a browser: a page that nobody opened is not tested.
func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(withBrowser(m.Run))
}

func withBrowser(run func() int) int {
	if _, err := os.Stat(*pageFile); err != nil {
		fmt.Fprintf(os.Stderr, "%s: no page to test: make report writes it\n", *pageFile)
		return 1
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome-headless-shell"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		fmt.Fprintln(os.Stderr, "no Chromium: the page is not tested: install one, as apt-get install chromium")
		return 1
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // which root and containers have no use for: the page is ours
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND")) // no network
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	if err := chromedp.Do(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "%s: does not start: %v\n", path, err)
		return 1
	}
	chromium = ctx
	return run()
}

// view is how the page is looked at.
type view struct {
	width, height int64
	scheme        string // of colours
}

var desktop = view{1280, 900, "light"}

// tab is the open page, with all that it complained of or asked for.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	troubles []string
}

// open opens the page in a tab of its own. A test fails for any error in the console and
// any request but that of the page.
func open(t *testing.T, v view) *tab {
	t.Helper()
	file, err := filepath.Abs(*pageFile)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(chromium)
	t.Cleanup(cancel)
	ctx, cancelTime := context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(cancelTime)
	p := &tab{t: t, ctx: ctx}
	t.Cleanup(p.check) // before the tab is closed
	url := "file://" + file
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, func(event any) { p.hear(event, url) }); err != nil {
		t.Fatal(err)
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}}
	p.do(call(network.Enable, network.EnableParams{}), call(log.Enable, cdp.Empty{}), call(runtime.Enable, cdp.Empty{}),
		call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}),
		chromedp.EmulateViewport(v.width, v.height),
		chromedp.Navigate(url))
	return p
}

func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, command, params)
		return err
	})
}

// hear notes what must not happen.
func (p *tab) hear(event any, url string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; u != url && !strings.HasPrefix(u, url+"#") && !strings.HasPrefix(u, "data:") {
			p.troubles = append(p.troubles, "request of "+u)
		}
	case *runtime.EventExceptionThrown:
		p.troubles = append(p.troubles, fmt.Sprintf("exception: %s %v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			p.troubles = append(p.troubles, fmt.Sprintf("console %s: %s %s", e.Type, a.Value, a.Description))
		}
	case *log.EventEntryAdded:
		p.troubles = append(p.troubles, fmt.Sprintf("log %s: %s", e.Entry.Level, e.Entry.Text))
	}
}

func (p *tab) check() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.troubles {
		p.t.Error(s)
	}
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// value is what a JavaScript expression gives.
func value[T any](p *tab, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// shot keeps a picture of a part of the page, for people to look at.
func (p *tab) shot(name, selector string) {
	p.t.Helper()
	png, err := chromedp.Run(p.ctx, chromedp.Screenshot(chromedp.CSS(selector)))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*shots, name+".png"), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
