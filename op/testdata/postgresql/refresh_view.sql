-- plain
REFRESH MATERIALIZED VIEW "v";
-- no way back: reversing refresh materialized view "v": it has no reverse: what the view held before is gone

-- concurrently
REFRESH MATERIALIZED VIEW CONCURRENTLY "v";
-- no way back: reversing refresh materialized view "v": it has no reverse: what the view held before is gone

-- without rows
REFRESH MATERIALIZED VIEW "v" WITH NO DATA;
-- no way back: reversing refresh materialized view "v": it has no reverse: what the view held before is gone
