package io.tidings.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {
    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    @Test
    void reads_the_usual_names() throws IOException {
        Path file = write("secret-one");

        assertThat(CredentialSource.file(file).current())
                .isEqualTo(Credentials.authToken(ACCOUNT, new Secret("secret-one")));
    }

    @Test
    void a_file_renamed_over_it_is_seen_by_the_next_request() throws IOException {
        Path file = write("secret-one");
        CredentialSource source = CredentialSource.file(file);
        source.current();

        Path next = folder.resolve("next");
        Files.move(file, next);
        Files.move(write("secret-two"), next, StandardCopyOption.REPLACE_EXISTING);
        Files.move(next, file);

        assertThat(source.current().secret()).isEqualTo(new Secret("secret-two"));
    }

    @Test
    void an_unchanged_file_is_parsed_once() throws IOException {
        CredentialSource source = CredentialSource.file(write("secret-one"));

        assertThat(source.current()).isSameAs(source.current());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_file_that_others_may_read_or_write_is_refused_even_when_it_was_private_before() throws IOException {
        Path file = write("secret-one");
        CredentialSource source = CredentialSource.file(file);
        source.current();

        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(source::current)
                    .isInstanceOf(NotConfiguredException.class)
                    .hasMessageContaining("chmod 600")
                    .hasMessageNotContaining("secret-one");
        }
    }

    @Test
    void a_missing_file_and_a_missing_name_are_explained() throws IOException {
        assertThatThrownBy(CredentialSource.file(folder.resolve("none"))::current)
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("does not exist");
        Path file = write("x");
        Files.writeString(file, "TWILIO_ACCOUNT_SID=" + ACCOUNT + "\n");
        assertThatThrownBy(CredentialSource.file(file)::current)
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageStartingWith("TWILIO_AUTH_TOKEN is missing in the file");
    }

    @Test
    void a_file_that_is_no_text_or_a_folder_is_explained() throws IOException {
        Path file = write("x");
        Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28, '=', 'x'});
        assertThatThrownBy(CredentialSource.file(file)::current)
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("properties file");
        Files.writeString(file, "TWILIO_ACCOUNT_SID=\\u00zz");
        assertThatThrownBy(CredentialSource.file(file)::current).isInstanceOf(NotConfiguredException.class);
    }

    private Path write(String token) throws IOException {
        Path file = folder.resolve("twilio.properties");
        Files.deleteIfExists(file);
        Files.writeString(file, "TWILIO_ACCOUNT_SID=" + ACCOUNT + "\nTWILIO_AUTH_TOKEN=" + token + "\n");
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }
}
