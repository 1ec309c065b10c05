package io.haetae.local.store;

import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** A line to the server on which writes or their answers get lost, as told beforehand. Reads always pass. */
final class LosingAnswers implements ExecutionInterceptor {

    /** What happens to one write. */
    private enum Fate {
        REQUEST_LOST,
        ANSWER_LOST
    }

    private record Plan(Fate fate, Runnable meanwhile) {}

    private final Deque<Plan> plans = new ArrayDeque<>();

    /** The next write never reaches the server. */
    void loseRequest() {
        plans.add(new Plan(Fate.REQUEST_LOST, () -> {}));
    }

    /** The next write is done, but its answer does not come. */
    void loseAnswer() {
        loseAnswer(() -> {});
    }

    /** As above; {@code meanwhile} happens between the write and the moment its answer is given up. */
    void loseAnswer(Runnable meanwhile) {
        plans.add(new Plan(Fate.ANSWER_LOST, meanwhile));
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Plan next = plans.peek();
        if (next != null && next.fate() == Fate.REQUEST_LOST && isWrite(context.request())) {
            plans.remove();
            throw SdkClientException.create("the line is cut");
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        Plan next = plans.peek();
        if (next != null && next.fate() == Fate.ANSWER_LOST && isWrite(context.request())) {
            plans.remove();
            next.meanwhile().run();
            throw SdkClientException.create("the answer is lost");
        }
    }

    boolean isDone() {
        return plans.isEmpty();
    }

    private static boolean isWrite(SdkRequest request) {
        return request instanceof PutItemRequest
                || request instanceof DeleteItemRequest
                || request instanceof TransactWriteItemsRequest;
    }
}
