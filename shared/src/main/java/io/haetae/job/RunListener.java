package io.haetae.job;

/** Hears of every run: logs and metrics in Lambda, a line for a person on one machine. Must not throw. */
public interface RunListener {

    /** The slot is ours and the job's own work begins. Not called for a run that ends before that. */
    void started(Run run);

    /** A run ended, in whatever way; called once for every event that named a slot. */
    void ended(RunRecord record);

    /** Something beside the job's own work went wrong and will be made good later, such as publishing an event. */
    void troubled(Slot slot, String what, RuntimeException cause);
}
