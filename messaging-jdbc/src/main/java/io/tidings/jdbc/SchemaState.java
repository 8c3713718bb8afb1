package io.tidings.jdbc;

/**
 * Which tables a database has, beside those that this version needs.
 *
 * @param database its product and version
 * @param version the number of the last script that ran; zero if none did
 * @param needed the number of the last script of this version
 */
public record SchemaState(String database, int version, int needed) {
    /** Whether this version can work with the tables: scripts of later versions only add. */
    public boolean isReady() {
        return version >= needed;
    }
}
