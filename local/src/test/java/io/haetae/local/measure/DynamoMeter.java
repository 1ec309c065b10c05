package io.haetae.local.measure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * Counts what a client asks of DynamoDB, as the server itself bills it. What only one machine's driver keeps ({@code
 * LOCAL#…}: its clock and its reports) is left out, for the deployed system has none of it.
 */
final class DynamoMeter implements ExecutionInterceptor {

    /**
     * What was asked so far.
     *
     * @param readUnits read capacity units
     * @param writeUnits write capacity units
     * @param sent bytes of the requests' bodies
     * @param received bytes of the answers' bodies
     */
    record Reading(long requests, double readUnits, double writeUnits, long sent, long received) {

        static final Reading ZERO = new Reading(0, 0, 0, 0, 0);

        Reading plus(Reading other) {
            return new Reading(
                    requests + other.requests,
                    readUnits + other.readUnits,
                    writeUnits + other.writeUnits,
                    sent + other.sent,
                    received + other.received);
        }

        Reading minus(Reading earlier) {
            return plus(new Reading(
                    -earlier.requests, -earlier.readUnits, -earlier.writeUnits, -earlier.sent, -earlier.received));
        }

        /** Cells of a table: requests, read units, write units, kB sent, kB received. */
        String cells() {
            return String.format(
                    Locale.ROOT,
                    "%,d | %,.0f | %,.0f | %,d | %,d",
                    requests,
                    readUnits,
                    writeUnits,
                    sent / 1000,
                    received / 1000);
        }
    }

    private Reading reading = Reading.ZERO;

    synchronized Reading reading() {
        return reading;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
        return switch (context.request()) {
            case GetItemRequest get ->
                get.toBuilder().returnConsumedCapacity(total).build();
            case BatchGetItemRequest get ->
                get.toBuilder().returnConsumedCapacity(total).build();
            case QueryRequest query ->
                query.toBuilder().returnConsumedCapacity(total).build();
            case PutItemRequest put ->
                put.toBuilder().returnConsumedCapacity(total).build();
            case DeleteItemRequest delete ->
                delete.toBuilder().returnConsumedCapacity(total).build();
            case TransactWriteItemsRequest write ->
                write.toBuilder().returnConsumedCapacity(total).build();
            default -> context.request();
        };
    }

    @Override
    public synchronized void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (!ofTheDriver(context.request())) {
            long sent = context.requestBody()
                    .flatMap(body -> body.optionalContentLength())
                    .orElse(0L);
            long received = context.httpResponse()
                    .firstMatchingHeader("Content-Length")
                    .map(Long::parseLong)
                    .orElse(0L);
            reading = reading.plus(new Reading(1, 0, 0, sent, received));
        }
    }

    @Override
    public synchronized void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (!ofTheDriver(context.request())) {
            boolean read = context.request() instanceof GetItemRequest
                    || context.request() instanceof BatchGetItemRequest
                    || context.request() instanceof QueryRequest;
            double units = consumed(context.response())
                    .mapToDouble(ConsumedCapacity::capacityUnits)
                    .sum();
            reading = reading.plus(new Reading(0, read ? units : 0, read ? 0 : units, 0, 0));
        }
    }

    private static Stream<ConsumedCapacity> consumed(SdkResponse response) {
        return switch (response) {
            case GetItemResponse get -> Stream.of(get.consumedCapacity());
            case BatchGetItemResponse get -> get.consumedCapacity().stream();
            case QueryResponse query -> Stream.of(query.consumedCapacity());
            case PutItemResponse put -> Stream.of(put.consumedCapacity());
            case DeleteItemResponse delete -> Stream.of(delete.consumedCapacity());
            case TransactWriteItemsResponse write -> write.consumedCapacity().stream();
            default -> Stream.empty();
        };
    }

    private static boolean ofTheDriver(SdkRequest request) {
        return switch (request) {
            case GetItemRequest get -> local(get.key());
            case BatchGetItemRequest get ->
                get.requestItems().values().stream()
                        .map(KeysAndAttributes::keys)
                        .flatMap(List::stream)
                        .anyMatch(DynamoMeter::local);
            case QueryRequest query -> local(query.expressionAttributeValues());
            case PutItemRequest put -> local(put.item());
            case DeleteItemRequest delete -> local(delete.key());
            case TransactWriteItemsRequest write ->
                write.transactItems().stream().map(DynamoMeter::item).anyMatch(DynamoMeter::local);
            default -> false;
        };
    }

    private static Map<String, AttributeValue> item(TransactWriteItem action) {
        return Optional.ofNullable(action.put())
                .map(put -> put.item())
                .or(() -> Optional.ofNullable(action.delete()).map(delete -> delete.key()))
                .or(() -> Optional.ofNullable(action.update()).map(update -> update.key()))
                .orElse(Map.of());
    }

    private static boolean local(Map<String, AttributeValue> values) {
        return values.values().stream()
                .anyMatch(value -> value.s() != null && value.s().startsWith("LOCAL#"));
    }
}
