package io.haetae.aws;

import io.haetae.store.Action;
import io.haetae.store.Condition;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Limits;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.StoreUnavailableException;
import io.haetae.store.Table;
import io.haetae.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Keeps items in DynamoDB. Every write leaves its id on the item, and a transaction carries it as its request token, so
 * a write whose answer was lost is recognised and never done twice.
 *
 * <p>Failed calls are tried again here, up to {@value #ATTEMPTS} times within some seconds, not by the SDK: a repeat that
 * this class does not know of could take its own first write for another's. Make the client with {@link
 * #configure(DynamoDbClientBuilder)}.
 */
public final class DynamoStore implements Store {

    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_WAIT = Duration.ofMillis(25);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final int KEYS_A_READ = 100;

    /** Refusals that say "not now": nothing was written, and a repeat may pass. */
    private static final Set<String> BUSY = Set.of(
            "TransactionConflict",
            "TransactionConflictException",
            "TransactionInProgressException",
            "ProvisionedThroughputExceeded",
            "ProvisionedThroughputExceededException",
            "ThrottlingError",
            "ThrottlingException",
            "RequestLimitExceeded");

    private final DynamoDbClient client;
    private final DynamoTables tables;
    private final TimeSource time;
    private final Supplier<String> writeIds;

    /**
     * Draws write ids at random.
     *
     * @param client closed with this store
     * @param time a real clock, also where the jobs run on another: it measures waits for a server
     */
    public DynamoStore(DynamoDbClient client, DynamoTables tables, TimeSource time) {
        this(client, tables, time, () -> UUID.randomUUID().toString());
    }

    /** @param writeIds {@value Limits#WRITE_ID_LENGTH} characters each, never the same twice */
    public DynamoStore(DynamoDbClient client, DynamoTables tables, TimeSource time, Supplier<String> writeIds) {
        this.client = client;
        this.tables = tables;
        this.time = time;
        this.writeIds = writeIds;
    }

    /** Sets what this class relies on: no repeats by the SDK, bounded waits, the JDK's HTTP client. */
    public static DynamoDbClientBuilder configure(DynamoDbClientBuilder builder, ExecutionInterceptor... interceptors) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(5)))
                .overrideConfiguration(override -> {
                    override.retryStrategy(DefaultRetryStrategy.doNotRetry());
                    for (ExecutionInterceptor interceptor : interceptors) {
                        override.addExecutionInterceptor(interceptor);
                    }
                });
    }

    @Override
    public Optional<Item> get(Key key) {
        Limits.check(key);
        return Optional.ofNullable(read(key)).map(attributes -> DynamoItems.read(key.table(), attributes));
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        keys.forEach(Limits::check);
        Map<Key, Item> found = new HashMap<>();
        List<Key> distinct = List.copyOf(new LinkedHashSet<>(keys));
        for (int from = 0; from < distinct.size(); from += KEYS_A_READ) {
            readBatch(distinct.subList(from, Math.min(distinct.size(), from + KEYS_A_READ)), found);
        }
        List<Item> inOrder = new ArrayList<>(keys.size());
        for (Key key : keys) {
            Item item = found.get(key);
            if (item != null) {
                inOrder.add(item);
            }
        }
        return List.copyOf(inOrder);
    }

    @Override
    public List<Item> query(Query query) {
        Limits.check(query);
        if (query.isEmpty()) {
            return List.of();
        }
        List<Item> found = new ArrayList<>();
        Map<String, AttributeValue> next = Map.of();
        do {
            QueryRequest.Builder request = QueryRequest.builder()
                    .tableName(tables.name(query.table()))
                    .keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
                    .expressionAttributeNames(Map.of("#pk", Limits.PARTITION_NAME, "#sk", Limits.SORT_NAME))
                    .expressionAttributeValues(Map.of(
                            ":pk",
                            AttributeValue.fromS(query.partition()),
                            ":from",
                            AttributeValue.fromS(query.from()),
                            ":to",
                            AttributeValue.fromS(query.to())))
                    .scanIndexForward(!query.descending())
                    .consistentRead(true);
            if (!next.isEmpty()) {
                request.exclusiveStartKey(next);
            }
            if (query.limit() > 0) {
                request.limit(query.limit() - found.size());
            }
            QueryResponse page = reading(() -> client.query(request.build()));
            page.items().forEach(attributes -> found.add(DynamoItems.read(query.table(), attributes)));
            next = page.lastEvaluatedKey();
        } while (!next.isEmpty() && (query.limit() == 0 || found.size() < query.limit()));
        return List.copyOf(found);
    }

    @Override
    public Outcome commit(List<Action> actions) {
        Limits.check(actions);
        if (actions.isEmpty()) {
            return new Outcome.Committed();
        }
        String writeId = writeIds.get();
        if (actions.size() == 1) {
            // Alone, a put or delete costs half of what it costs as a transaction. A conditional delete is one all the
            // same: it leaves no item to carry the write id, and only a transaction's token tells its repeat.
            switch (actions.getFirst()) {
                case Action.Put put -> {
                    return putAlone(put, writeId);
                }
                case Action.Delete delete
                when new DynamoExpression(delete).text().isEmpty() -> {
                    return deleteAlone(delete);
                }
                case Action.Delete _, Action.AddUpTo _, Action.Check _ -> {}
            }
        }
        return transact(actions, writeId);
    }

    /** Closes the client. */
    @Override
    public void close() {
        client.close();
    }

    private Outcome putAlone(Action.Put put, String writeId) {
        DynamoExpression asked = new DynamoExpression(put);
        PutItemRequest request = PutItemRequest.builder()
                .tableName(tables.name(put.key().table()))
                .item(DynamoItems.write(put.item(), writeId))
                .conditionExpression(asked.text().orElse(null))
                .expressionAttributeNames(asked.names())
                .expressionAttributeValues(asked.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        String lost = null;
        for (int attempt = 1; ; attempt++) {
            try {
                client.putItem(request);
                return new Outcome.Committed();
            } catch (ConditionalCheckFailedException e) {
                Map<String, AttributeValue> standing = e.hasItem() ? e.item() : null;
                if (DynamoItems.isWrittenBy(writeId, standing)) {
                    return new Outcome.Committed();
                }
                if (lost != null) {
                    // The lost attempt may have been written and then replaced by another: nobody can tell any more.
                    return new Outcome.Uncertain(lost);
                }
                return new Outcome.Refused(0, item(put.key(), standing));
            } catch (SdkException e) {
                lost = judge(e, lost);
                if (!mayTryAgain(attempt, writeId)) {
                    return lost == null ? unwritten(e) : settle(List.of(put), writeId, lost);
                }
                if (lost != null && isOwn(put.key(), writeId)) {
                    return new Outcome.Committed();
                }
            }
        }
    }

    private Outcome deleteAlone(Action.Delete delete) {
        String lost = null;
        for (int attempt = 1; ; attempt++) {
            try {
                client.deleteItem(DeleteItemRequest.builder()
                        .tableName(tables.name(delete.key().table()))
                        .key(DynamoItems.write(delete.key()))
                        .build());
                return new Outcome.Committed();
            } catch (SdkException e) {
                lost = judge(e, lost);
                if (!mayTryAgain(attempt, delete.key().sort())) {
                    return lost == null ? unwritten(e) : new Outcome.Uncertain(lost);
                }
            }
        }
    }

    private Outcome transact(List<Action> actions, String writeId) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(
                        actions.stream().map(action -> write(action, writeId)).toList())
                .clientRequestToken(writeId)
                .build();
        String lost = null;
        for (int attempt = 1; ; attempt++) {
            Outcome.Refused refused = null;
            SdkException failure;
            try {
                client.transactWriteItems(request);
                return new Outcome.Committed();
            } catch (TransactionCanceledException e) {
                List<CancellationReason> reasons = e.cancellationReasons();
                if (reasons.stream().anyMatch(reason -> DynamoItems.isWrittenBy(writeId, itemOf(reason)))) {
                    return new Outcome.Committed();
                }
                refused = refusal(actions, reasons);
                // An action that met another transaction may be refused too: which is first shows when it is over.
                if (refused != null && firstBusy(reasons) > refused.action()) {
                    return refused;
                }
                if (refused == null && firstBusy(reasons) == reasons.size()) {
                    throw cancelled(e);
                }
                failure = e;
            } catch (SdkException e) {
                lost = judge(e, lost);
                failure = e;
            }
            if (!mayTryAgain(attempt, writeId)) {
                if (refused != null) {
                    return refused;
                }
                return lost == null ? unwritten(failure) : settle(actions, writeId, lost);
            }
            if (lost != null && anyIsOwn(actions, writeId)) {
                return new Outcome.Committed();
            }
        }
    }

    private TransactWriteItem write(Action action, String writeId) {
        DynamoExpression asked = new DynamoExpression(action);
        String table = tables.name(action.key().table());
        TransactWriteItem.Builder part = TransactWriteItem.builder();
        switch (action) {
            case Action.Put(Item item, List<Condition> _) ->
                part.put(put -> put.tableName(table)
                        .item(DynamoItems.write(item, writeId))
                        .conditionExpression(asked.text().orElse(null))
                        .expressionAttributeNames(asked.names())
                        .expressionAttributeValues(asked.values())
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            case Action.Delete(Key key, List<Condition> _) ->
                part.delete(delete -> delete.tableName(table)
                        .key(DynamoItems.write(key))
                        .conditionExpression(asked.text().orElse(null))
                        .expressionAttributeNames(asked.names())
                        .expressionAttributeValues(asked.values())
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            case Action.Check(Key key, List<Condition> _) -> {
                String condition = asked.textOrTrue();
                part.conditionCheck(check -> check.tableName(table)
                        .key(DynamoItems.write(key))
                        .conditionExpression(condition)
                        .expressionAttributeNames(asked.names())
                        .expressionAttributeValues(asked.values())
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            }
            case Action.AddUpTo add -> {
                String update = "ADD %s %s SET %s = %s"
                        .formatted(
                                asked.name(add.name()),
                                asked.value(AttributeValue.fromN(Long.toString(add.amount()))),
                                asked.name(Limits.WRITE_ID_NAME),
                                asked.value(AttributeValue.fromS(writeId)));
                part.update(change -> change.tableName(table)
                        .key(DynamoItems.write(add.key()))
                        .updateExpression(update)
                        .conditionExpression(asked.text().orElse(null))
                        .expressionAttributeNames(asked.names())
                        .expressionAttributeValues(asked.values())
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            }
        }
        return part.build();
    }

    /** The first refused action, null when none was refused for its conditions. */
    private static Outcome.@Nullable Refused refusal(List<Action> actions, List<CancellationReason> reasons) {
        for (int i = 0; i < reasons.size(); i++) {
            if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
                return new Outcome.Refused(i, item(actions.get(i).key(), itemOf(reasons.get(i))));
            }
        }
        return null;
    }

    private static @Nullable Map<String, AttributeValue> itemOf(CancellationReason reason) {
        return reason.hasItem() ? reason.item() : null;
    }

    /** Index of the first action that met another transaction or a limit of rate, the number of actions when none did. */
    private static int firstBusy(List<CancellationReason> reasons) {
        int i = 0;
        while (i < reasons.size()
                && !BUSY.contains(String.valueOf(reasons.get(i).code()))) {
            i++;
        }
        return i;
    }

    /** Cancelled for what the transaction is, not for what it met. */
    private static RuntimeException cancelled(TransactionCanceledException e) {
        List<String> codes = e.cancellationReasons().stream()
                .map(reason -> reason.code() + (reason.message() == null ? "" : " (" + reason.message() + ")"))
                .toList();
        return e.cancellationReasons().stream().anyMatch(reason -> "ValidationError".equals(reason.code()))
                ? new IllegalArgumentException("DynamoDB cannot hold what the transaction makes: " + codes, e)
                : new StoreUnavailableException("DynamoDB cancelled a transaction: " + codes, e);
    }

    /**
     * Sorts a failed write into lost, to be tried again, or final.
     *
     * @param lost why an earlier attempt was lost, or null
     * @return why an attempt was lost, this or an earlier one; null when none can have been written
     * @throws StoreUnavailableException when a repeat cannot help and nothing was written
     */
    private static @Nullable String judge(SdkException failure, @Nullable String lost) {
        if (isRefusedForNow(failure)) {
            return lost;
        }
        if (mayHaveBeenDone(failure)) {
            return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        }
        if (lost != null) {
            return lost;
        }
        throw unavailable(failure);
    }

    private static boolean isRefusedForNow(SdkException failure) {
        return failure instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && BUSY.contains(service.awsErrorDetails().errorCode());
    }

    private static boolean mayHaveBeenDone(SdkException failure) {
        return failure instanceof AwsServiceException service
                ? service.statusCode() >= 500
                : failure instanceof SdkClientException;
    }

    private Outcome settle(List<Action> actions, String writeId, String lost) {
        return anyIsOwn(actions, writeId) ? new Outcome.Committed() : new Outcome.Uncertain(lost);
    }

    /** Whether an item of the transaction carries its write id: then all of it was written. */
    private boolean anyIsOwn(List<Action> actions, String writeId) {
        for (Action action : actions) {
            boolean leavesId =
                    switch (action) {
                        case Action.Put _, Action.AddUpTo _ -> true;
                        case Action.Delete _, Action.Check _ -> false;
                    };
            if (leavesId) {
                // One is enough: it was written with all the others or not at all.
                return isOwn(action.key(), writeId);
            }
        }
        return false;
    }

    /** False also when the item cannot be read: then only the next attempt can tell. */
    private boolean isOwn(Key key, String writeId) {
        try {
            return DynamoItems.isWrittenBy(writeId, readOnce(key));
        } catch (SdkException e) {
            return false;
        }
    }

    private @Nullable Map<String, AttributeValue> read(Key key) {
        return reading(() -> Optional.ofNullable(readOnce(key))).orElse(null);
    }

    private @Nullable Map<String, AttributeValue> readOnce(Key key) {
        var response = client.getItem(GetItemRequest.builder()
                .tableName(tables.name(key.table()))
                .key(DynamoItems.write(key))
                .consistentRead(true)
                .build());
        return response.hasItem() ? response.item() : null;
    }

    private void readBatch(List<Key> keys, Map<Key, Item> found) {
        Map<String, KeysAndAttributes> asked = new HashMap<>();
        for (Table table : Table.values()) {
            List<Map<String, AttributeValue>> ofTable = keys.stream()
                    .filter(key -> key.table() == table)
                    .map(DynamoItems::write)
                    .toList();
            if (!ofTable.isEmpty()) {
                asked.put(
                        tables.name(table),
                        KeysAndAttributes.builder()
                                .keys(ofTable)
                                .consistentRead(true)
                                .build());
            }
        }
        int fruitless = 0;
        while (!asked.isEmpty()) {
            Map<String, KeysAndAttributes> request = asked;
            var answer = reading(() -> client.batchGetItem(batch -> batch.requestItems(request)));
            int before = found.size();
            for (Table table : Table.values()) {
                for (Map<String, AttributeValue> attributes :
                        answer.responses().getOrDefault(tables.name(table), List.of())) {
                    Item item = DynamoItems.read(table, attributes);
                    found.put(item.key(), item);
                }
            }
            asked = answer.unprocessedKeys();
            // An answer holds 16 MB at most, so keys are left over in calm times too; only a read of nothing is a
            // refusal.
            fruitless = found.size() > before ? 0 : fruitless + 1;
            if (!asked.isEmpty() && fruitless > 0) {
                if (!mayTryAgain(fruitless, keys.getFirst().sort())) {
                    throw new StoreUnavailableException("DynamoDB left %d keys unread"
                            .formatted(asked.values().stream()
                                    .mapToInt(left -> left.keys().size())
                                    .sum()));
                }
            }
        }
    }

    private <T> T reading(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (SdkException e) {
                if (!(isRefusedForNow(e) || mayHaveBeenDone(e)) || !mayTryAgain(attempt, "read")) {
                    throw unavailable(e);
                }
            }
        }
    }

    /**
     * Waits before the next attempt: longer each time, and each writer a little differently, so that two that met do not
     * meet again.
     *
     * @return false when there is no next attempt: this was the last, or the thread is asked to stop
     */
    private boolean mayTryAgain(int attempt, String who) {
        if (attempt >= ATTEMPTS) {
            return false;
        }
        long most = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << (attempt - 1));
        long spread = Math.floorMod((who + attempt).hashCode(), most / 2 + 1);
        try {
            time.sleepUntil(time.now().plusMillis(most / 2 + spread));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Outcome unwritten(SdkException failure) {
        throw unavailable(failure);
    }

    private static StoreUnavailableException unavailable(SdkException failure) {
        return new StoreUnavailableException("DynamoDB: " + failure.getMessage(), failure);
    }

    private static Optional<Item> item(Key key, @Nullable Map<String, AttributeValue> attributes) {
        return attributes == null || attributes.isEmpty()
                ? Optional.empty()
                : Optional.of(DynamoItems.read(key.table(), attributes));
    }
}
