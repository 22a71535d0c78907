package dev.assay.spark;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.reward.Reward;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The rows of one partition with their rewards, batch by batch, so that a partition need not fit into memory. */
final class PartitionScorer implements Iterator<Row> {
    private final ModelSource source;
    private final Iterator<Row> rows;
    private final int prompt;
    private final int response;
    private final int batchSize;
    private final Queue<Row> scored = new ArrayDeque<>();

    PartitionScorer(ModelSource source, Iterator<Row> rows, int prompt, int response, int batchSize) {
        this.source = source;
        this.rows = rows;
        this.prompt = prompt;
        this.response = response;
        this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
        return !scored.isEmpty() || rows.hasNext();
    }

    @Override
    public Row next() {
        if (scored.isEmpty()) {
            scoreNextBatch();
        }
        Row row = scored.poll();
        if (row == null) {
            throw new NoSuchElementException("the partition has no more rows");
        }
        return row;
    }

    private void scoreNextBatch() {
        List<Row> batch = new ArrayList<>();
        List<Conversation> conversations = new ArrayList<>();
        while (batch.size() < batchSize && rows.hasNext()) {
            Row row = rows.next();
            batch.add(row);
            if (isComplete(row)) {
                conversations.add(Conversation.of(
                        Message.user(row.getString(prompt)), Message.assistant(row.getString(response))));
            }
        }
        Iterator<Reward> rewards = conversations.isEmpty()
                ? List.<Reward>of().iterator()
                : ExecutorModels.get(source).score(conversations).iterator();
        for (Row row : batch) {
            scored.add(withReward(row, isComplete(row) ? rewards.next() : null));
        }
    }

    private boolean isComplete(Row row) {
        return !row.isNullAt(prompt) && !row.isNullAt(response);
    }

    private static Row withReward(Row row, @Nullable Reward reward) {
        Object[] values = new Object[row.size() + 1];
        for (int i = 0; i < row.size(); i++) {
            values[i] = row.get(i);
        }
        values[row.size()] = reward == null ? null : reward.value();
        return RowFactory.create(values);
    }
}
