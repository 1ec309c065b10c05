package io.haetae.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    @Test
    void theFlagBeatsTheEnvironmentWhichBeatsTheUsersFolder() {
        Map<String, String> environment = Map.of("HAETAE_HOME", "/from/environment");

        assertThat(Home.of(Optional.of(folder), environment).directory()).isEqualTo(folder);
        assertThat(Home.of(Optional.empty(), environment).directory()).isEqualTo(Path.of("/from/environment"));
        assertThat(Home.of(Optional.empty(), Map.of("HAETAE_HOME", " ")).directory())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".haetae"));
    }

    @Test
    void everyWorldHasAFolderOfItsOwn() {
        Home home = new Home(folder);

        assertThat(home.folder(World.simulated(7))).isEqualTo(folder.resolve("simulated-7"));
        assertThat(home.folder(World.files("ab12"))).isEqualTo(folder.resolve("files-ab12"));
        assertThat(home.folder(World.venues("real", "SIM"))).isEqualTo(folder.resolve("venues-kis-real-saxo-SIM"));
        assertThat(World.venues("real", "SIM").isSimulated()).isFalse();
        assertThat(World.files("ab12").isSimulated()).isTrue();
    }

    @Test
    void theWorldOpenedLastIsRemembered() {
        Home home = new Home(folder.resolve("deep/down"));
        assertThat(home.lastOpened()).isEmpty();

        home.open(World.simulated(1));
        home.open(World.files("ab12"));

        assertThat(home.lastOpened()).contains(World.files("ab12"));
    }

    @Test
    void aFileInThePlaceOfTheFolderIsNamedWithWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> new Home(file).open(World.simulated(1)))
                .isInstanceOf(HomeException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--home DIR");
    }

    @Test
    void aLockIsHeldOnceAndFreedWithItsHolder() {
        Path file = folder.resolve("a.lock");
        try (FolderLock first = FolderLock.tryLock(file).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(FolderLock.tryLock(file)).isEmpty();
        }
        try (FolderLock again = FolderLock.tryLock(file).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }
}
