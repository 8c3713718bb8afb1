package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgresMigratorTest extends MigratorContract {

    @Override
    DataSource empty() {
        return Databases.postgresIn(Databases.postgresSchema());
    }

    @Test
    void two_processes_that_start_together_both_find_their_tables() throws Exception {
        String url = Databases.postgresUrl(Databases.postgresSchema());
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MigratingMain.class.getName(),
                            url)
                    .inheritIO()
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }
}
