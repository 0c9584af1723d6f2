package structs

import "testing"

// The expected names are those that gorm.io/gorm, github.com/jinzhu/inflection
// and bun give for the same words.
func TestNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		form func(string) string
		in   map[string]string
	}{
		{"plural", plural, map[string]string{
			"user": "users", "company": "companies", "box": "boxes", "person": "people", "salesperson": "salespeople", "news": "news",
			"address": "addresses", "status": "statuses", "bus": "buses", "fish": "fish", "big_fish": "big_fishes", "day": "days", "leaf": "leafs",
			"half": "halves", "wife": "wives", "index": "indices", "datum": "data", "analysis": "analyses", "quiz": "quizzes", "child": "children", "women": "womens",
			"user_data": "user_data", "api": "apis", "mouse": "mice", "ox": "oxen", "series": "series",
		}},
		{"singular", singular, map[string]string{
			"Friends": "Friend", "Companies": "Company", "People": "Person", "Boxes": "Box", "Statuses": "Status", "Series": "Series", "Data": "Datum",
		}},
		{"snake", snake, map[string]string{
			"": "", "x": "x", "X": "x", "userRestrictions": "user_restrictions", "ThisIsATest": "this_is_a_test", "PFAndESI": "pf_and_esi", "AbcAndJkl": "abc_and_jkl",
			"EmployeeID": "employee_id", "SKU_ID": "sku_id", "FieldX": "field_x", "HTTPAndSMTP": "http_and_smtp", "HTTPServerHandlerForURLID": "http_server_handler_for_url_id",
			"UUID": "uuid", "HTTPURL": "http_url", "HTTP_URL": "http_url", "SHA256Hash": "sha256_hash", "SHA256HASH": "sha256_hash", "UTF8Name": "utf8_name",
			"ThisIsActuallyATestSoWeMayBeAbleToUseThisCodeInGormPackageAlsoIdCanBeUsedAtTheEndAsID": "this_is_actually_a_test_so_we_may_be_able_to_use_this_code_in_gorm_package_also_id_can_be_used_at_the_end_as_id",
		}},
		{"underscore", underscore, map[string]string{
			"UserID": "user_id", "HTTPServer": "http_server", "NullS": "nulls", "ID": "id", "AuthorName": "author_name",
		}},
		{"camel", camel, map[string]string{"user_languages": "UserLanguages", "http_id": "HTTPID", "a": "A"}},
	} {
		for in, want := range c.in {
			if got := c.form(in); got != want {
				t.Errorf("%s(%q) = %q, want %q", c.name, in, got, want)
			}
		}
	}
}
