package duty

import (
	"cmp"
	"math"
	"slices"
)

// Listed is the score from which a task counts as being on the list. Scores are
// scaled so that it is one half.
//
// The line was drawn over 139 made-up tasks (testdata/clauses_dev.tsv) where it
// parts best what is on the demo list from what is not, and measured over 54
// others (clauses_held.tsv); TestAccuracy prints both and keeps floors. It is
// a suggestion for a person: a task under the line is shown with the closest
// items, never turned down by itself.
const Listed = 0.5

// Weights, found over clauses_dev.tsv. Their neighbours do about as well.
const (
	dutyWeight  = 0.3   // of a term in the duties, where the name has 1
	taskShare   = 0.6   // of the score: how much of the task the item explains; the rest: how much of the name occurs
	unseen      = 0.8   // weight of a task's term that the list does not have
	faintWeight = 0.5   // of a general word
	line        = 0.107 // raw score where Listed is reached
)

// A Match is an item that a task may belong to.
type Match struct {
	Item Item `json:"item"`
	// Score is 0 where nothing is shared, Listed where it becomes more likely
	// than not that the item covers the task, and near 1 for the item's own
	// words.
	Score float64 `json:"score"`
	// Shared are the words that both have, synonyms replaced: why it matches.
	Shared []string `json:"shared"`
}

// An Index is a list made ready for matching. It does not change and may be
// shared. A list of some hundred items takes a few milliseconds.
type Index struct {
	split splitter
	items []Item
	docs  []doc
	idf   map[string]float64 // of the terms of the list: rare ones tell more
	rare  float64            // of a term that the list does not have
}

type doc struct {
	weight map[string]float64 // of a term, by where it stands
	name   float64            // sum of idf over the terms of the name
}

// NewIndex makes an index of a list.
func NewIndex(items []Item) *Index {
	x := &Index{split: newSplitter(), items: slices.Clone(items), idf: map[string]float64{}}
	count := map[string]int{}
	for _, it := range items {
		d := doc{weight: map[string]float64{}}
		for _, t := range x.split.terms(it.HigherDuty + "。" + it.LocalDuty + "。" + it.Method) {
			d.weight[t] = dutyWeight
		}
		for _, t := range x.split.terms(it.Name) {
			d.weight[t] = 1
		}
		for t := range d.weight {
			count[t]++
		}
		x.docs = append(x.docs, d)
	}
	for t, k := range count {
		x.idf[t] = x.faint(t) * rarity(k, len(items))
	}
	x.rare = unseen * rarity(0, len(items))
	for i := range x.docs {
		for t, w := range x.docs[i].weight {
			if w == 1 {
				x.docs[i].name += x.idf[t]
			}
		}
	}
	return x
}

// rarity is the inverse document frequency of BM25.
func rarity(k, n int) float64 {
	return math.Log(1 + (float64(n-k)+0.5)/(float64(k)+0.5))
}

func (x *Index) faint(t string) float64 {
	if x.split.faint[t] {
		return faintWeight
	}
	return 1
}

// Match returns at most n items that share something with a task, best first.
func (x *Index) Match(text string, n int) []Match {
	terms := slices.Compact(slices.Sorted(slices.Values(x.split.terms(text))))
	total := 0.0
	for _, t := range terms {
		if w, ok := x.idf[t]; ok {
			total += w
		} else {
			total += x.rare * x.faint(t)
		}
	}
	ms := []Match{}
	for i, d := range x.docs {
		hit := 0.0
		for _, t := range terms {
			hit += d.weight[t] * x.idf[t]
		}
		if hit == 0 {
			continue
		}
		raw := taskShare * hit / total
		if d.name > 0 {
			raw += (1 - taskShare) * min(1, hit/d.name)
		}
		ms = append(ms, Match{Item: x.items[i], Score: 1 - math.Exp2(-raw/line)})
	}
	slices.SortStableFunc(ms, func(a, b Match) int { return cmp.Compare(b.Score, a.Score) })
	ms = ms[:max(0, min(n, len(ms)))]
	for i := range ms {
		ms[i].Shared = x.split.shared(text, ms[i].Item)
	}
	return ms
}
