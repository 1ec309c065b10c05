package io.haetae.store;

class MemoryStoreTest extends StoreConformance {

    private final Store memory = new MemoryStore();

    @Override
    protected Store open() {
        return memory;
    }
}
