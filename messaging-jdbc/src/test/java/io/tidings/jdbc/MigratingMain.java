package io.tidings.jdbc;

/** Opens stores in a process of its own. */
final class MigratingMain {
    private MigratingMain() {}

    public static void main(String[] arguments) {
        JdbcStores.on(Databases.pool(arguments[0], "postgres", "")).open();
        System.exit(0);
    }
}
