package io.haetae.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.store.Item;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.StoreConformance;
import io.haetae.store.Table;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreConformance {

    @TempDir
    Path folder;

    @Override
    protected Store open() {
        return SqliteStore.open(file());
    }

    private Path file() {
        return folder.resolve("data").resolve("haetae.db");
    }

    @Test
    void twoProcessesMayOpenAndWriteAtOnce() throws Exception {
        store.close();
        Files.delete(file());
        String partition = key("x").partition();
        try (WriterProcess left = WriterProcess.start("sqlite:" + file(), partition, "left", 40);
                WriterProcess right = WriterProcess.start("sqlite:" + file(), partition, "right", 40)) {
            assertThat(left.awaitEnd()).isZero();
            assertThat(right.awaitEnd()).isZero();
        }
        store = open();
        assertThat(store.get(key("sum"))).contains(numbered("sum", 80));
        assertThat(store.query(Query.all(Table.STATE, partition))).hasSize(161);
    }

    @Test
    void aProcessKilledWhileItWritesLosesNothingItCommittedAndLeavesNothingHalfWritten() throws Exception {
        String partition = key("x").partition();
        for (int round = 1; round <= 3; round++) {
            String name = "round" + round;
            int reported;
            try (WriterProcess writer = WriterProcess.start("sqlite:" + file(), partition, name, 1_000_000)) {
                writer.awaitCommitted(10 * round);
                writer.kill();
                reported = Math.max(10 * round, writer.awaitLastReported());
            }
            store.close();
            store = open();
            List<String> sorts = store.query(Query.prefix(Table.STATE, partition, name)).stream()
                    .map(item -> item.key().sort())
                    .toList();
            int committed = sorts.size() / 2;
            List<String> expected = new ArrayList<>();
            for (int n = 1; n <= committed; n++) {
                expected.add(String.format(Locale.ROOT, "%s#%06d#a", name, n));
                expected.add(String.format(Locale.ROOT, "%s#%06d#b", name, n));
            }
            assertThat(sorts).isEqualTo(expected);
            assertThat(committed).isBetween(reported, reported + 1);
        }
        long written =
                store.query(Query.prefix(Table.STATE, partition, "round")).size() / 2;
        assertThat(store.get(key("sum"))).contains(numbered("sum", written));
    }

    @Test
    void aFileOfAnotherProgramIsLeftAlone() throws Exception {
        Path other = folder.resolve("other.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE theirs (x)");
        }
        byte[] before = Files.readAllBytes(other);
        assertRefused(other, "a data file of another program");
        assertThat(Arrays.equals(Files.readAllBytes(other), before)).isTrue();
    }

    @Test
    void aFileThatIsNoDatabaseIsLeftAlone() throws Exception {
        Path noise = folder.resolve("noise.db");
        Files.writeString(noise, "this is a diary\n".repeat(1000));
        assertRefused(noise, "not a data file of this program, or damaged");
        assertThat(noise).hasContent("this is a diary\n".repeat(1000));
    }

    @Test
    void aFileOfALaterFormatIsRefused() throws Exception {
        store.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version=2");
        }
        assertRefused(file(), "written by another version of this program (format 2, not 1)");
    }

    @Test
    void aDamagedFileIsRefused() throws Exception {
        for (int i = 0; i < 40; i++) {
            committed(io.haetae.store.Action.put(
                    Item.at(key("k" + i)).with("chunk", new byte[30_000]).build()));
        }
        store.close();
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            // Past the first pages lie the trees of both tables.
            for (long at = 8192; at < bytes.length(); at += 8192) {
                bytes.seek(at);
                bytes.write(new byte[] {(byte) 0xAA, 0x55, (byte) 0xAA, 0x55, (byte) 0xAA, 0x55, (byte) 0xAA, 0x55});
            }
        }
        assertRefused(file(), "damaged: restore it from a backup, or name another folder");
    }

    @Test
    void aFileCutShortIsRefused() throws Exception {
        for (int i = 0; i < 10; i++) {
            committed(io.haetae.store.Action.put(
                    Item.at(key("k" + i)).with("chunk", new byte[30_000]).build()));
        }
        store.close();
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }
        assertRefused(file(), "damaged: restore it from a backup, or name another folder");
    }

    @Test
    void anEmptyFileIsWhatACrashAtTheFirstOpeningLeaves() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.db"));
        try (Store fresh = SqliteStore.open(empty)) {
            assertThat(fresh.get(key("a"))).isEmpty();
        }
    }

    @Test
    void aFolderInPlaceOfTheFileIsRefused() {
        assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(StoreFileException.class);
    }

    private static void assertRefused(Path file, String problem) {
        assertThatThrownBy(() -> SqliteStore.open(file))
                .isInstanceOf(StoreFileException.class)
                .hasMessage(file + ": " + problem);
    }
}
