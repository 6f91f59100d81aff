/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.tta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Scalars;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Asks an ensemble about several views of each image, the members kept apart.
 *
 * <p>{@link Pooling#MEAN} gives {@code [B, M, C]} as the ensemble does: {@code log (1/V sum_v
 * softmax(z_mv))}, of the {@code V} views of each member. What members disagree on stays, so that
 * mutual information is that between members. {@link Pooling#MEMBERS} gives {@code [B, M*V, C]}:
 * each view of a member is a member, row {@code m*V + v}, and what views disagree on counts as
 * disagreement. The pooled probabilities of both are the same if members are pooled by
 * probabilities.
 *
 * <p>It takes {@code V} passes through the network.
 */
public final class TestTimeAugmentation {

    private final List<View> views;
    private final Pooling pooling;

    /** What becomes of the views of a member. */
    public enum Pooling {
        /** Their mean probabilities are the member's, given as logarithms. */
        MEAN,
        /** Each is a member of its own. */
        MEMBERS
    }

    private TestTimeAugmentation(Builder builder) {
        views = List.copyOf(builder.views);
        pooling = builder.pooling;
    }

    /**
     * Creates a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the views.
     *
     * @return the views, in order
     */
    public List<View> getViews() {
        return views;
    }

    /**
     * Returns what becomes of the views of a member.
     *
     * @return the pooling
     */
    public Pooling getPooling() {
        return pooling;
    }

    /**
     * Returns how many members the answers have.
     *
     * @param members the members of the ensemble {@code M}
     * @return {@code M}, or {@code M * V}
     */
    public int getMembers(int members) {
        return pooling == Pooling.MEAN ? members : Math.multiplyExact(members, views.size());
    }

    /**
     * Asks about all views.
     *
     * @param images the images {@code [B, C, H, W]}
     * @param ensemble gives the raw scores {@code [B, M, C]} of all members for images
     * @return scores {@code [B, M, C]} or {@code [B, M*V, C]}, in the manager of the images; what
     *     else it took is closed, but not what the ensemble leaves
     * @throws IllegalArgumentException if the images have other axes, or the ensemble gives
     *     something else
     */
    public NDArray predict(NDArray images, UnaryOperator<NDArray> ensemble) {
        NDManager manager = images.getManager();
        try (NDManager own = manager.newSubManager()) {
            // until it is closed, what is made of the images is made there
            own.tempAttachAll(images);
            List<NDArray> scores = new ArrayList<>();
            for (View view : views) {
                scores.add(requireMembers(ensemble.apply(view.apply(images))));
            }
            NDList all = new NDList(scores);
            all.attach(own);
            NDArray result = pooling == Pooling.MEAN ? mean(all) : members(all);
            result.attach(manager);
            return result;
        }
    }

    private static NDArray requireMembers(NDArray scores) {
        if (scores.getShape().dimension() != 3) {
            throw new IllegalArgumentException(
                    "An ensemble gives scores [B, M, C], but these are " + scores.getShape());
        }
        return scores;
    }

    /** In logarithms, so that what no view finds likely is not rounded to 0. */
    private static NDArray mean(NDList scores) {
        List<NDArray> logs = scores.stream().map(each -> each.logSoftmax(2)).toList();
        NDArray stacked = NDArrays.stack(new NDList(logs));
        NDArray high = stacked.max(new int[] {0}, true);
        NDArray sum = stacked.sub(high).exp().sum(new int[] {0}, true);
        return Scalars.div(sum, scores.size()).log().add(high).squeeze(0);
    }

    private static NDArray members(NDList scores) {
        Shape shape = scores.head().getShape();
        NDArray stacked = NDArrays.stack(scores, 2);
        return stacked.reshape(shape.get(0), shape.get(1) * scores.size(), shape.get(2));
    }

    /** Builds a {@link TestTimeAugmentation}. */
    public static final class Builder {

        private List<View> views;
        private Pooling pooling = Pooling.MEAN;

        private Builder() {}

        /**
         * Sets the views, at least one. The images as they are are among them only if {@link
         * View#identity()} is.
         *
         * @param views the views
         * @return this
         */
        public Builder setViews(List<View> views) {
            this.views = List.copyOf(views);
            return this;
        }

        /**
         * Sets the views.
         *
         * @param views the views
         * @return this
         */
        public Builder setViews(View... views) {
            return setViews(List.of(views));
        }

        /**
         * Sets what becomes of the views of a member; {@link Pooling#MEAN} by default.
         *
         * @param pooling the pooling
         * @return this
         */
        public Builder optPooling(Pooling pooling) {
            this.pooling = Objects.requireNonNull(pooling, "pooling");
            return this;
        }

        /**
         * Builds it.
         *
         * @return the test-time augmentation
         * @throws IllegalArgumentException if there are no views
         */
        public TestTimeAugmentation build() {
            if (views == null || views.isEmpty()) {
                throw new IllegalArgumentException(
                        "Test-time augmentation needs views: setViews(View.identity(), View.flip())");
            }
            return new TestTimeAugmentation(this);
        }
    }
}
