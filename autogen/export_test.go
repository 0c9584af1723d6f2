package autogen

// RenameInExpr gives a column another name in an expression.
var RenameInExpr = renameInExpr
