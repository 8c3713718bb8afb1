package io.tidings.jdbc;

/** What is done about the tables when the stores are opened. */
public enum SchemaMode {
    /** The scripts that are missing run, under a lock; of nodes that start together one does it. The default. */
    MIGRATE,
    /** It is checked that the scripts ran; if not, opening fails and names them. */
    VALIDATE,
    /** Nothing: the host knows. */
    NONE
}
