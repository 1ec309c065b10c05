package io.haetae.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    /** Tries the lock as another process would, and says how that went. */
    static final class Other {

        private Other() {}

        public static void main(String[] arguments) {
            System.exit(FolderLock.tryLock(Path.of(arguments[0])).isPresent() ? 10 : 11);
        }
    }

    /** The system frees a file's lock when any channel of it is closed in the process: a second try must open none. */
    @Test
    void aSecondTryInTheSameProcessDoesNotFreeTheLockForAnother(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("lease");
        try (FolderLock held = FolderLock.tryLock(file).orElseThrow()) {
            Optional<FolderLock> second = FolderLock.tryLock(file);

            assertThat(held).isNotNull();
            assertThat(second).isEmpty();
            assertThat(tryElsewhere(file)).isEqualTo(11);
        }
        assertThat(tryElsewhere(file)).isEqualTo(10);
    }

    @Test
    void aLockThatWasGivenBackCanBeTakenAgain(@TempDir Path folder) {
        Path file = folder.resolve("lease");
        FolderLock.tryLock(file).orElseThrow().close();

        try (FolderLock again = FolderLock.tryLock(file).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }

    private static int tryElsewhere(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
