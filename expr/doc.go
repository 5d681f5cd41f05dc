// Package expr reads and evaluates the expressions that stand in the data of an
// office: when a field of a form is shown, what it must fulfil, what it is
// computed from, who is eligible for what. The language is a part of the Common
// Expression Language (CEL). The browser evaluates the same texts (web/src/cel)
// and comes to the same value, the same error and the same cost, bit for bit;
// testdata/cel holds both sides to it.
//
//	env, err := expr.New(expr.Declarations{Vars: map[string]expr.Type{
//		"birth": expr.Date, "income": expr.Decimal, "members": expr.TableOf(map[string]expr.Type{"name": expr.Text, "income": expr.Decimal}),
//	}, Calendar: days})
//	p, err := env.Compile("age(birth, today) >= 60 && sum(members.map(m, or(m.income, 0))) < 9000.0", expr.Boolean)
//	v, err := p.Eval(ctx, expr.Values{"birth": birth, "members": rows, "today": today})
//
// # Missing values
//
// Any variable and any column may be without a value; nil and a key that is not
// there say so, and so does the zero date. There is one rule: what touches a
// missing value fails with [ErrMissing], which names it. The caller decides: a
// constraint that fails so is not judged, a computed field stays empty. Three
// things deal with missing values:
//
//   - has(e) tells whether e can be computed without touching one;
//   - or(e, f) is e, or f where e touches one;
//   - false && e is false and true || e is true, in either order, as in all CEL:
//     what is known decides.
//
// The empty text is a text. A caller whose forms send it for "nothing entered"
// passes nil instead.
//
// # Types
//
// Every variable has a declared [Type] and every expression has one before it
// runs; there is no dyn. Integers have 64 bits and fail beyond; decimals are
// doubles that are never infinite or NaN, they fail instead. An integer becomes
// a decimal where a decimal stands beside it or is wanted. Texts count and
// compare by code points. Dates are days without a time.
//
// # Bounds
//
// Nothing reads the clock or the world: today is a variable. Length and depth
// of a source, length of texts and lists, and the work of one evaluation are
// limited, see [Limits]; the work is counted the same way on both sides.
package expr
