package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"gewu/calendar"
	"gewu/code"
	"gewu/internal/fault"
	"gewu/internal/store"
	"gewu/notice"
	"gewu/table"
)

// A Problem is an error as it goes out (RFC 9457).
type Problem struct {
	Status int      `json:"status" doc:"HTTP status"`
	Code   string   `json:"code" doc:"stable; clients key on it"`
	Detail string   `json:"detail" doc:"one sentence in the reader's language that says what to do"`
	Errors []Detail `json:"errors,omitempty" doc:"where the input is wrong"`
	ID     string   `json:"id,omitempty" doc:"of an internal error, to be quoted to the administrator"`
}

// A Detail is one thing that is wrong with the input. It never repeats the
// input, which may hold personal data.
type Detail struct {
	Location string `json:"location"`
	Message  string `json:"message"`
}

func (p *Problem) Error() string             { return p.Code + ": " + p.Detail }
func (p *Problem) GetStatus() int            { return p.Status }
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var (
	errInput = fault.New(fault.Invalid, "input_wrong", "提交的内容不符合要求，请按提示修改", "What was sent is not as required. Change it as the notes say.")
	errOnce  = fault.New(fault.Conflict, "request_done", "这一请求已经提交过，请刷新查看结果，不必重复提交", "This request has been carried out already. Reload to see the result.")
	errKey   = fault.New(fault.Invalid, "key_reused", "同一个 Idempotency-Key 不能用于不同的请求", "One Idempotency-Key cannot serve different requests.")
)

var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.Unauthorized: http.StatusUnauthorized, fault.Denied: http.StatusForbidden,
	fault.Missing: http.StatusNotFound, fault.Conflict: http.StatusConflict, fault.Stale: http.StatusPreconditionFailed,
	fault.TooLarge: http.StatusRequestEntityTooLarge, fault.TooMany: http.StatusTooManyRequests,
}

// problem turns any error into what goes out. This is the one place that does.
func problem(ctx context.Context, log *slog.Logger, err error) *Problem {
	lang := langOf(ctx)
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	if errors.Is(err, store.ErrClaimed) {
		err = errOnce
	}
	if f := fault.Of(err); f != nil {
		p := &Problem{Status: statuses[f.Kind], Code: f.Code, Detail: f.Sentence(lang)}
		if id, ok := f.Arg("element").(string); ok {
			p.Errors = []Detail{{Location: "body.values." + id, Message: p.Detail}}
		} else if field, ok := f.Arg("field").(string); ok {
			p.Errors = []Detail{{Location: "body." + field, Message: p.Detail}}
		}
		return p
	}
	if code, said := engineSays(err, lang); code != "" {
		return &Problem{Status: http.StatusUnprocessableEntity, Code: code, Detail: said}
	}
	id := store.NewID()[24:]
	if !errors.Is(err, context.Canceled) {
		log.ErrorContext(ctx, "internal error", "id", id, "err", err)
	}
	detail := fmt.Sprintf("系统出现故障，您的操作没有完成。请稍后再试；仍不成功的，请将编号 %s 告知管理员", id)
	if lang == "en" {
		detail = fmt.Sprintf("Something went wrong here and your change was not made. Try again later; if it persists, give the administrator the number %s.", id)
	}
	return &Problem{Status: http.StatusInternalServerError, Code: "internal", Detail: detail, ID: id}
}

// engineSays is what an engine says of its input. The engines know nothing of
// the office and have errors of their own.
func engineSays(err error, lang string) (stable, sentence string) {
	if e, ok := errors.AsType[*notice.Error](err); ok {
		return e.Code, e.Sentence(lang)
	}
	if e, ok := errors.AsType[*calendar.Error](err); ok {
		return e.Code, e.Sentence(lang)
	}
	if e, ok := errors.AsType[*table.Error](err); ok {
		return e.Code, e.Sentence(lang)
	}
	if e, ok := errors.AsType[*code.Error](err); ok {
		return e.Code, e.Sentence(lang)
	}
	return "", ""
}

// inputProblem is what huma's own checks of the input lead to.
func inputProblem(ctx context.Context, status int, errs []error) *Problem {
	lang := langOf(ctx)
	p := &Problem{Status: status, Code: errInput.Code, Detail: errInput.Sentence(lang)}
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			// The value is left out: for a missing field it is the whole body.
			p.Errors = append(p.Errors, Detail{d.ErrorDetail().Location, said(d.ErrorDetail().Message, lang)})
		} else if err != nil {
			p.Errors = append(p.Errors, Detail{"", said(err.Error(), lang)})
		}
	}
	return p
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}
