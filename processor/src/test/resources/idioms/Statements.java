// makes new $(5)
// takes (1, 12)
package acme;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.Packed;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** try, catch, finally, assert, synchronized, throw. */
@Packed
public final class Statements extends SequentialBlock {

    private static final Object LOCK = new Object();
    private final transient Block head;

    public Statements(int classes) {
        assert classes > 0 : "classes " + classes;
        AtomicInteger made = new AtomicInteger();
        synchronized (LOCK) {
            add(Linear.builder().setUnits(12 + made.getAndIncrement()).build());
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[] {0, 0, 0, 14}));
                AutoCloseable more = () -> made.set(0)) {
            add(Linear.builder().setUnits(in.readInt()).build()).add(Activation::relu);
            made.addAndGet(more == null ? 1 : 0);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception ignored) {
            throw new IllegalStateException(ignored);
        } finally {
            made.incrementAndGet();
        }
        Callable<Linear> callable = () -> Linear.builder().setUnits(classes).build();
        try {
            head = callable.call();
        } catch (Exception e) {
            throw sneaky(e);
        }
        add(head);
        ;
        {
            int made2 = made.get();
            assert made2 >= 0;
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> RuntimeException sneaky(Exception e) throws E {
        throw (E) e;
    }

    @Override
    public void loadParameters(NDManager manager, DataInputStream is) throws IOException, MalformedModelException {
        synchronized (this) {
            super.loadParameters(manager, is);
        }
    }

    private synchronized native2 done() {
        return null;
    }

    private interface native2 {}
}
