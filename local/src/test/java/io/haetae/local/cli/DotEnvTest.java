package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve(".env"), text);
    }

    @Test
    void noFileIsNoSetting() {
        assertThat(DotEnv.read(folder.resolve(".env"))).isEmpty();
    }

    @Test
    void valuesMayStandInQuotesAndBehindExport() throws IOException {
        Path file = file("# a comment\n\nA=1\nexport B = 'two words'\nC=\"x=y\"\nD=\nE='\r\n");

        assertThat(DotEnv.read(file)).isEqualTo(Map.of("A", "1", "B", "two words", "C", "x=y", "D", "", "E", "'"));
    }

    @Test
    void aLineOfAnotherFormIsNamedByItsNumberAlone() throws IOException {
        Path file = file("A=1\n9a-key-nobody-may-see\n");

        assertThatThrownBy(() -> DotEnv.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("nobody-may-see");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve(".env"), new byte[] {'A', '=', (byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> DotEnv.read(file)).hasMessageContaining("not UTF-8");
    }
}
