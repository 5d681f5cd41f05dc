package notice

func fromMarkdown(name, s string) *Document { return fromText(name, s) }
