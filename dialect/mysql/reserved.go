package mysql

import (
	"slices"
	"strings"
)

// The words that are no names without quotes: those of all servers, and those of
// some. MariaDB's were tried on 10.11, MySQL's are what the catalogue of 9.7 says.
// https://dev.mysql.com/doc/refman/8.4/en/keywords.html
// https://mariadb.com/kb/en/reserved-words/
const (
	reservedWords = "accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade case change char " +
		"character check collate column condition constraint continue convert create cross current_date current_time current_timestamp " +
		"current_user cursor databases day_hour day_microsecond day_minute day_second dec decimal declare default delayed delete desc " +
		"describe deterministic distinct distinctrow div double drop dual each else elseif enclosed escaped except exists exit explain " +
		"false fetch float float4 float8 for force foreign from fulltext grant group having high_priority hour_microsecond hour_minute " +
		"hour_second if ignore in index infile inner inout insensitive insert int int1 int2 int3 int4 int8 integer intersect interval " +
		"into is iterate join key keys kill leading leave left like limit linear lines load localtime localtimestamp lock long longblob " +
		"longtext loop low_priority match maxvalue mediumblob mediumint mediumtext middleint minute_microsecond minute_second mod " +
		"modifies natural no_write_to_binlog not null numeric on optimize optionally or order out outer outfile over partition " +
		"precision primary procedure purge range read read_write reads real recursive references regexp release rename repeat replace " +
		"require resignal restrict return revoke right rlike row_number rows schemas second_microsecond select sensitive separator set " +
		"show signal smallint spatial specific sql sql_big_result sql_calc_found_rows sql_small_result sqlexception sqlstate sqlwarning " +
		"ssl starting straight_join table terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock " +
		"unsigned update usage use using utc_date utc_time utc_timestamp values varbinary varchar varcharacter varying when where while " +
		"with write xor year_month zerofill"

	reservedMySQL = "cube cume_dist database dense_rank empty external first_value function generated get grouping groups io_after_gtids " +
		"io_before_gtids json_table lag last_value lateral lead library nth_value ntile of optimizer_costs option percent_rank qualify " +
		"rank row schema stored system tablesample virtual window"

	reservedMariaDB = "current_role delete_domain_id do_domain_ids ignore_domain_ids master_demote_to_replica master_demote_to_slave " +
		"master_ssl_verify_server_cert offset page_checksum parse_vcol_expr portion ref_system_id returning stats_auto_recalc " +
		"stats_persistent stats_sample_pages"
)

// isReserved reports whether a word, in lower case, must be quoted to be a name.
func (d *Dialect) isReserved(word string) bool {
	own := reservedMySQL
	if d.is(MariaDB) {
		own = reservedMariaDB
	}
	_, found := slices.BinarySearch(strings.Fields(reservedWords), word)
	return found || slices.Contains(strings.Fields(own), word)
}
