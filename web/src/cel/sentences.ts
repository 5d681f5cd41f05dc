/** Stable codes and their sentences, Chinese and English: those of the server (expr/sentences.go). */
export const sentences = {
  expr_empty: ['表达式没有内容，请填写', 'The expression is empty. Write one.'],
  expr_long: [
    '表达式过长，请拆成几个计算字段',
    'The expression is too long. Divide it into several computed fields.',
  ],
  expr_deep: [
    '表达式嵌套层数过多，请拆成几个计算字段',
    'The expression is nested too deeply. Divide it into several computed fields.',
  ],
  expr_char: [
    '不能使用字符“{name}”；运算符、括号和引号请用英文半角字符',
    'The character {name} cannot stand here. Write signs, brackets and quotes as half-width characters.',
  ],
  expr_text: [
    '文本没有写完整：请检查两端的引号和反斜杠',
    'This text is not complete. Check its quotes and backslashes.',
  ],
  expr_number: ['“{name}”不是可用的数字', '{name} is not a number that can be used.'],
  expr_syntax: [
    '“{name}”出现在不该出现的位置，请检查前后的括号、逗号和运算符',
    '{name} cannot stand here. Check the brackets, commas and signs around it.',
  ],
  expr_reserved: ['“{name}”是保留字，不能用作名称', '{name} is a reserved word and cannot be a name.'],
  expr_refused: [
    '不支持“{name}”；判断是否填写请用 has()，填写缺省值请用 or()',
    '{name} is not supported. Use has() to ask whether there is a value and or() to put another in its place.',
  ],
  expr_unknown: [
    '没有名为“{name}”的字段，请检查拼写',
    'There is no field called {name}. Check the spelling.',
  ],
  expr_column: [
    '表格中没有名为“{name}”的列，请检查拼写',
    'The table has no column called {name}. Check the spelling.',
  ],
  expr_function: [
    '没有名为“{name}”的函数，请检查拼写',
    'There is no function called {name}. Check the spelling.',
  ],
  expr_arguments: ['函数“{name}”的参数个数不对', '{name} has the wrong number of arguments.'],
  expr_type: ['“{name}”不能用于{types}', '{name} cannot be used with {types}.'],
  expr_result: [
    '表达式的结果应为{name}，实际为{types}',
    'The expression should give {name} but gives {types}.',
  ],
  expr_taken: ['名称“{name}”已经用过，请换一个', '{name} is in use already. Choose another name.'],
  expr_constant: [
    '“{name}”的这个参数必须直接写出文本，不能由计算得出',
    'This argument of {name} must be written out as a text.',
  ],
  expr_pattern: [
    '匹配规则“{name}”不可用，请参照说明书改写',
    'The pattern {name} cannot be used. See the guide for what patterns may hold.',
  ],
  expr_mask: ['没有名为“{name}”的脱敏方式', 'There is no mask called {name} here.'],
  expr_declaration: [
    '“{name}”不能用作字段名或字段类型',
    '{name} cannot be declared as the name or type of a field.',
  ],
  expr_missing: ['“{name}”没有填写，无法计算', '{name} has no value, so this cannot be computed.'],
  expr_division: ['除数为零，无法计算', 'Division by zero.'],
  expr_overflow: ['计算结果超出数值范围', 'The result is beyond the range of numbers.'],
  expr_index: ['列表中没有这一项', 'The list has no element at this position.'],
  expr_key: ['对照表中没有这一项', 'The table of cases has no such entry.'],
  expr_range: ['“{name}”的参数超出允许的范围', 'An argument of {name} is out of range.'],
  expr_convert: ['内容不是数字，无法转换', 'The text is not a number.'],
  expr_date: ['不是有效日期，请按2026-01-05的格式填写', 'This is not a date. Write it like 2026-01-05.'],
  expr_calendar: [
    '日历中没有{name}年的放假安排，无法推算该年的工作日。请管理员录入该年的放假通知',
    'The calendar has no holidays for {name}, so working days of that year cannot be counted. Ask the administrator to add the notice.',
  ],
  expr_value: ['“{name}”的内容与字段类型不符', 'The value of {name} does not fit its type.'],
  expr_size: ['文本或列表过长，无法计算', 'A text or a list is too long to be computed with.'],
  expr_cost: ['计算量过大，已停止计算', 'This takes too much work and was stopped.'],
} as const

export type Code = keyof typeof sentences

/** The sentences of errors without a subject, where they differ. */
export const unnamed: Partial<Record<Code, readonly [string, string]>> = {
  expr_syntax: [
    '表达式没有写完，请检查末尾和括号',
    'The expression is not complete. Check its end and its brackets.',
  ],
  expr_result: ['表达式的结果不能是{types}', '{types} cannot be a result.'],
  expr_missing: ['没有可用的值，无法计算', 'There is no value here, so this cannot be computed.'],
}

export const typeNames: Record<string, string> = {
  text: '文本',
  integer: '整数',
  decimal: '小数',
  boolean: '是否',
  date: '日期',
  list: '列表',
  table: '表格',
  row: '表格的行',
  map: '对照表',
  optional: '可能为空的值',
  nothing: '空列表的元素',
}
