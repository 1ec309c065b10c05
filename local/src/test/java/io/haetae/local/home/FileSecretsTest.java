package io.haetae.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSecretsTest {

    @TempDir
    Path folder;

    private FileSecrets secrets(Map<String, String> environment) {
        return new FileSecrets(folder.resolve("secrets"), environment);
    }

    @Test
    void theEnvironmentComesBeforeTheFile() {
        secrets(Map.of()).put("kis/app-key", "file");

        assertThat(secrets(Map.of()).get("kis/app-key")).contains("file");
        assertThat(secrets(Map.of("KIS_APP_KEY", "environment")).get("kis/app-key"))
                .contains("environment");
        assertThat(secrets(Map.of("KIS_APP_KEY", " ")).get("kis/app-key")).contains("file");
        assertThat(secrets(Map.of()).get("krx/auth-key")).isEmpty();
    }

    @Test
    void onlyTheOwnerMayReadTheFile() throws IOException {
        secrets(Map.of()).put("saxo/token", "first");
        secrets(Map.of()).put("saxo/token", "second");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                .isEqualTo("rw-------");
    }

    /** A kill between two writes must leave one of them, whole. */
    @Test
    void theFileIsReplacedAsAWhole() throws IOException {
        FileSecrets secrets = secrets(Map.of());
        secrets.put("saxo/token", "first");
        Files.writeString(folder.resolve("secrets.new"), "what a killed process had begun");

        secrets.put("kis/token", "second");

        assertThat(secrets.get("saxo/token")).contains("first");
        assertThat(secrets.get("kis/token")).contains("second");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("secrets"));
        }
    }

    @Test
    void anyTextComesBackAsItWasPut() {
        String token = "{\"access\":\"a=b:c#d\\\\e\",\"note\":\" 한글 \\u0041\"}\n!x";

        secrets(Map.of()).put("saxo/token", token);

        assertThat(secrets(Map.of()).get("saxo/token")).contains(token);
    }

    @Test
    void aTornFileIsRefusedWithoutAWordOfIt() throws IOException {
        Files.writeString(folder.resolve("secrets"), "kis/app-secret=\\u00zz-nobody-may-see\n");

        assertThatThrownBy(() -> secrets(Map.of()).get("kis/app-key"))
                .isInstanceOf(HomeException.class)
                .hasMessageNotContaining("nobody-may-see")
                .hasNoCause();
    }
}
