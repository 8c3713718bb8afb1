package io.tidings.account;

import io.tidings.message.NotConfiguredException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Credentials in a properties file that only its owner may touch. */
final class CredentialFile implements CredentialSource {
    private static final Set<PosixFilePermission> FOREIGN = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path path;
    private final boolean posix;
    /** The newest reading; a lost race only reads the file once more. */
    private volatile @Nullable Reading last;

    CredentialFile(Path path) {
        this.path = path;
        this.posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public Credentials current() {
        try {
            BasicFileAttributes attributes = attributes();
            Version version =
                    new Version(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
            Reading known = last;
            if (known == null || !known.version.equals(version)) {
                known = new Reading(version, NamedSettings.read(settings(), "the file " + path));
                last = known;
            }
            return known.credentials;
        } catch (NoSuchFileException e) {
            throw new NotConfiguredException(
                    "the credential file " + path + " does not exist; create it with TWILIO_ACCOUNT_SID and"
                            + " TWILIO_AUTH_TOKEN, readable by its owner only");
        } catch (IOException | IllegalArgumentException e) {
            throw new NotConfiguredException("the credential file " + path
                    + " cannot be read as a properties file; check its owner, its permissions and its form");
        }
    }

    /** Attributes of a file that passed the permission check; both come from one look at the file. */
    private BasicFileAttributes attributes() throws IOException {
        if (!posix) {
            return Files.readAttributes(path, BasicFileAttributes.class);
        }
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        if (!Collections.disjoint(attributes.permissions(), FOREIGN)) {
            throw new NotConfiguredException("the credential file " + path
                    + " may be read or written by others than its owner; run: chmod 600 " + path);
        }
        return attributes;
    }

    private Map<String, String> settings() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        properties.forEach((name, value) -> settings.put(Objects.toString(name), Objects.toString(value)));
        return settings;
    }

    @Override
    public String toString() {
        return "CredentialFile[" + path + "]";
    }

    private record Version(FileTime modified, long size, String key) {}

    private record Reading(Version version, Credentials credentials) {}
}
