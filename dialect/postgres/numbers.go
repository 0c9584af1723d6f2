package postgres

import (
	"strconv"
	"strings"
)

// plainNumber brings a number to the spelling that the server gives it: no plus,
// no leading zeros, no exponent. Zeros behind the point stay, as they say a scale.
func plainNumber(s string) string {
	if !number().MatchString(s) {
		return s
	}
	sign := ""
	switch s[0] {
	case '-':
		sign, s = "-", s[1:]
	case '+':
		s = s[1:]
	}
	mantissa, exponent, found := strings.Cut(strings.ToLower(s), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if found {
		shift, err := strconv.Atoi(exponent)
		if err != nil || shift > 400 || shift < -400 {
			return sign + s
		}
		whole, fraction = shiftPoint(whole, fraction, shift)
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if strings.Trim(whole, "0.") == "" {
		sign = ""
	}
	return sign + whole
}

func shiftPoint(whole, fraction string, by int) (string, string) {
	digits, point := whole+fraction, len(whole)+by
	if point < 0 {
		digits, point = strings.Repeat("0", -point)+digits, 0
	}
	if point > len(digits) {
		digits += strings.Repeat("0", point-len(digits))
	}
	return digits[:point], digits[point:]
}
