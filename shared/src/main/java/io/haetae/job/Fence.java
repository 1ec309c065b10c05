package io.haetae.job;

/**
 * The proof that a run still holds its job's lease: every transaction that trades asks for it.
 *
 * @param lease key of the lease item: job and account
 * @param number grows with every taking of the lease
 */
public record Fence(String lease, long number) {}
