-- plain
-- refused: undo run script "fill.sql": nothing undoes it; write into the downgrade what does, or take this line out

-- with the reason
-- refused: undo drop table "customer": its rows are gone; nothing undoes it; write into the downgrade what does, or take this line out
