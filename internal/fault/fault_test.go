package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"gewu/internal/fault"
)

var errFull = fault.New(fault.Conflict, "room_full", "{room}已满", "{room} is full")

func TestErrorKeepsItsIdentity(t *testing.T) {
	err := fmt.Errorf("book: %w", errFull.With("room", "三号会议室"))
	if !errors.Is(err, errFull) {
		t.Error("an error with words filled in is no longer the declared one")
	}
	if got := fault.Of(err).Sentence("zh"); got != "三号会议室已满" {
		t.Errorf("sentence = %q", got)
	}
	err = errFull.With("room", fault.Words{Zh: "会议室", En: "The hall"})
	if zh, en := fault.Of(err).Sentence("zh"), fault.Of(err).Sentence("en"); zh != "会议室已满" || en != "The hall is full" {
		t.Errorf("sentences = %q, %q", zh, en)
	}
	if errFull.Sentence("en") != "{room} is full" {
		t.Error("With changed the declared error")
	}
	if fault.Of(errors.New("disk")) != nil {
		t.Error("an internal error was taken for a fault")
	}
}
