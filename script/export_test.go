package script

// ReaderVersion is the version of what is read of files.
const ReaderVersion = readerVersion
