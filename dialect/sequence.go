package dialect

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// SequenceClause spells a property of a sequence in the words that all databases with
// sequences share; ok is false where each has words of its own.
func SequenceClause(c ddl.SequenceClause) (text string, ok bool) {
	number := fmt.Sprintf(" %d", c.Number)
	switch c.Kind {
	case ddl.SequenceStart:
		return "START WITH" + number, true
	case ddl.SequenceIncrement:
		return "INCREMENT BY" + number, true
	case ddl.SequenceMin:
		return "MINVALUE" + number, true
	case ddl.SequenceNoMin:
		return "NO MINVALUE", true
	case ddl.SequenceMax:
		return "MAXVALUE" + number, true
	case ddl.SequenceNoMax:
		return "NO MAXVALUE", true
	case ddl.SequenceCache:
		return "CACHE" + number, true
	case ddl.SequenceCycle:
		return "CYCLE", true
	case ddl.SequenceRestart:
		return "RESTART", true
	case ddl.SequenceRestartWith:
		return "RESTART WITH" + number, true
	case ddl.SequenceType, ddl.SequenceNoCycle, ddl.SequenceOwner:
	}
	return "", false
}

// FillSequence sets what a sequence leaves to the server: a step of 1, the bounds
// low and high that the server gives one that counts in its direction, the first of
// them as its start, and cache as the number of values that are kept ready.
func FillSequence(s *schema.Sequence, low, high, cache int64) {
	if s.Increment == 0 {
		s.Increment = 1
	}
	if s.Min == nil {
		s.Min = &low
	}
	if s.Max == nil {
		s.Max = &high
	}
	if s.Start == 0 {
		s.Start = *s.Min
		if s.Increment < 0 {
			s.Start = *s.Max
		}
	}
	if s.Cache == 0 {
		s.Cache = cache
	}
}
