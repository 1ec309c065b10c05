package io.haetae.local.market;

/**
 * A stream of numbers that is the same on every machine and JDK: SplitMix64, and sums of uniforms for the bell curve, so
 * that no library's algorithm or rounding is part of a seed's meaning.
 */
final class Rng {

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    Rng(long seed) {
        this.state = seed;
    }

    static long mix(long a, long b) {
        return scramble(scramble(a + GOLDEN) ^ (b * GOLDEN + 0x632B_E59B_D9B4_E019L));
    }

    static long hash(String text) {
        long hash = 0xCBF2_9CE4_8422_2325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100_0000_01B3L;
        }
        return scramble(hash);
    }

    private static long scramble(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return x ^ (x >>> 31);
    }

    long next() {
        state += GOLDEN;
        return scramble(state);
    }

    /** From 0 up to 1. */
    double unit() {
        return (next() >>> 11) * UNIT;
    }

    double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** From 0 up to {@code bound}, exclusive. */
    int below(int bound) {
        return (int) Math.floorMod(next(), (long) bound);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** Mean 0, deviation 1, never beyond ±3.5. */
    double bell() {
        long bits = next();
        long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum / 65_536.0 - 2.0) * 1.732_050_807_568_877_2;
    }
}
