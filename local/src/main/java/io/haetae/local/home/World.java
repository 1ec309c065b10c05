package io.haetae.local.home;

/**
 * What a store is about. Two worlds never share a store.
 *
 * @param id {@code simulated:SEED}, {@code files:HASH} or {@code venues:ENVIRONMENTS}
 */
public record World(String id) {

    public static World simulated(long seed) {
        return new World("simulated:" + seed);
    }

    /** @param hash of the contents of the user's files */
    public static World files(String hash) {
        return new World("files:" + hash);
    }

    public static World venues(String kisEnvironment, String saxoEnvironment) {
        return new World("venues:kis=" + kisEnvironment + ",saxo=" + saxoEnvironment);
    }

    public boolean isSimulated() {
        return !id.startsWith("venues:");
    }

    /** The subfolder's name. */
    String folder() {
        return id.replace(':', '-').replace(',', '-').replace('=', '-');
    }
}
