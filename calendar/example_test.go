package calendar_test

import (
	"errors"
	"fmt"
	"time"

	"gewu/calendar"
)

// An application that came in the Friday before Spring Festival is to be
// answered within five working days.
func ExampleCalendar_AddWorkdays() {
	c, err := calendar.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	due, _ := c.AddWorkdays(calendar.On(2026, time.February, 13), 5)
	fmt.Println(due, due.Chinese())
	// Output: 2026-02-27 2026年2月27日
}

// A period of fifteen natural days would end within the holidays and ends on
// the day after them.
func ExampleCalendar_AddDays() {
	c, _ := calendar.Load()
	end, _ := c.AddDays(calendar.On(2025, time.September, 21), 15, calendar.RollHoliday)
	fmt.Println(end)
	// Output: 2025-10-09
}

// A year whose notice is not out yet is never guessed.
func ExampleError() {
	c, _ := calendar.Load()
	_, err := c.AddWorkdays(calendar.On(2026, time.December, 31), 3)
	var e *calendar.Error
	if errors.As(err, &e) {
		fmt.Println(e.Code)
		fmt.Println(e.Sentence("zh"))
	}
	// Output:
	// calendar_year_missing
	// 日历中没有2027年的放假安排，无法推算该年的工作日。请管理员录入国务院办公厅关于2027年部分节假日安排的通知。
}

func ExampleDate_AddMonths() {
	fmt.Println(calendar.On(2026, time.January, 31).AddMonths(1))
	// Output: 2026-02-28
}
