package io.haetae.functions.indicatorcalculation;

import io.haetae.store.MemoryStore;
import io.haetae.store.Store;

class CarriedStatesInMemoryTest extends CarriedStates {

    @Override
    protected Store open() {
        return new MemoryStore();
    }

    @Override
    protected int length() {
        return 300;
    }

    @Override
    protected int comparedEvery() {
        return 15;
    }
}
