package io.haetae.local.store;

import io.haetae.functions.indicatorcalculation.CarriedStates;
import io.haetae.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class CarriedStatesInSqliteTest extends CarriedStates {

    @TempDir
    private Path folder = Path.of("");

    @Override
    protected Store open() throws IOException {
        return SqliteStore.open(folder.resolve("haetae.db"));
    }

    @Override
    protected int length() {
        return 30;
    }

    @Override
    protected int comparedEvery() {
        return 10;
    }
}
