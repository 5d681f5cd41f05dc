// Package calendar counts days the way time limits in Chinese offices are
// counted: natural days (自然日) and working days (工作日) with the days that
// are moved around the public holidays (调休).
//
// A working day is a Monday to Friday that is not a day off of the State
// Council's yearly notice, or a Saturday or Sunday that the notice makes a day
// of work. Nothing about a year is known before its notice: every question
// that needs a year without data is answered with [ErrYearMissing], never with
// a guess from weekdays.
//
// Rules of counting and their sources:
//
//   - The first day is not counted (民法典 art. 201).
//   - A period of months or years ends on the matching day, or on the month's
//     last day where there is none (art. 202).
//   - A period that ends on a holiday ends on the day after it (art. 203); what
//     counts as a holiday there is the caller's choice, see [Roll].
//   - Periods of licensing (行政许可法 art. 82), and those of two, three, five
//     and seven days in penalty cases (行政处罚法 art. 85), are working days.
//
// # Files
//
// The data of a year is one JSON file, so that an administrator can add the
// next year on the day its notice is published:
//
//	{
//	  "year": 2026,
//	  "notice": "国办发明电〔2025〕7号",
//	  "issued": "2025-11-04",
//	  "off":  [{"name": "元旦", "first": "2026-01-01", "last": "2026-01-03"}],
//	  "work": ["2026-01-04"]
//	}
//
// "off" lists runs of days off, both ends included; "work" the Saturdays and
// Sundays that are worked. Days lie in the year itself or in December before
// it, since the notice of a new year may reach back (the one for 2023 gave off
// 2022-12-31).
package calendar
