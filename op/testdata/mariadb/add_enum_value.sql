-- last
-- refused: add value "happy" to enum "mood": adding a value to the enumeration "mood": on MariaDB the values stand in the columns' types: alter the type of each column

-- before
-- refused: add value "happy" to enum "mood": adding a value to the enumeration "mood": on MariaDB the values stand in the columns' types: alter the type of each column

-- after
-- refused: add value "happy" to enum "mood": adding a value to the enumeration "mood": on MariaDB the values stand in the columns' types: alter the type of each column
