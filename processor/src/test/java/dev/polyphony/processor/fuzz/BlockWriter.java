/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.processor.fuzz.Node.Branches;
import dev.polyphony.processor.fuzz.Node.Chain;
import dev.polyphony.processor.fuzz.Node.Conv;
import dev.polyphony.processor.fuzz.Node.Dense;
import dev.polyphony.processor.fuzz.Node.Map;
import dev.polyphony.processor.fuzz.Node.Norm;
import dev.polyphony.processor.fuzz.Node.Plain;
import dev.polyphony.processor.fuzz.Node.Repeat;
import dev.polyphony.processor.fuzz.Node.Reuse;

/** Writes parts of a network as expressions that make blocks, with the members that they need. */
final class BlockWriter {

    private final ClassParts parts;
    private final ChainWriter chains;
    private final BlockClassWriter classes;

    BlockWriter(ClassParts parts) {
        this.parts = parts;
        chains = new ChainWriter(parts, this);
        classes = new BlockClassWriter(parts, this);
    }

    /**
     * Where code stands.
     *
     * @param instance whether there is an instance of the model
     * @param classes whether the constructor's parameter is in scope
     */
    record Scope(boolean instance, boolean classes) {

        static final Scope STATIC = new Scope(false, false);
    }

    /** An expression of a block. */
    String block(Node node, Scope scope) {
        if (node instanceof Map map) {
            return map(map, scope);
        } else if (node instanceof Norm norm) {
            return norm(norm);
        } else if (node instanceof Plain plain) {
            return plain.kind().block(plain.number());
        } else if (node instanceof Chain chain) {
            return chains.chain(chain, scope);
        } else if (node instanceof Branches branches) {
            return branches(branches, scope);
        } else if (node instanceof Repeat repeat) {
            return chains.repeat(repeat);
        }
        return reuse((Reuse) node, scope);
    }

    /** The argument of {@code add}: a block, or a function. */
    String added(Node node, Scope scope) {
        if (node instanceof Plain plain
                && plain.style() % 3 == 0
                && !plain.kind().function().isEmpty()) {
            return plain.kind().function();
        }
        return block(node, scope);
    }

    private String map(Map map, Scope scope) {
        String units = parts.number(map.units(), style(map), scope);
        if (style(map) % 7 == 3) {
            String name = parts.name("layer");
            String type = map instanceof Dense ? "Linear" : "Conv" + ((Conv) map).axes() + "d";
            String code = chain(map, "units").replace(".build()", "");
            parts.addMethod(
                    """
                        /* a layer, %1$s */
                        private static %2$s %1$s(int units) {
                            // its builder's methods return the builder
                            final var builder = %3$s;
                            return builder.build();
                        }
                    """
                            .formatted(name, type, code));
            return "%s(%s)".formatted(name, units);
        }
        if (style(map) % 11 == 5) {
            return "((Supplier<Block>) () -> %s).get()".formatted(chain(map, units));
        }
        return chain(map, units);
    }

    private static int style(Map map) {
        return map instanceof Conv conv ? conv.style() : ((Dense) map).style();
    }

    private static String chain(Map map, String units) {
        if (map instanceof Dense dense) {
            String bias = dense.bias() ? "" : ".optBias(false)";
            return "Linear.builder().setUnits(%s)%s.build()".formatted(units, bias);
        }
        Conv conv = (Conv) map;
        StringBuilder code = new StringBuilder("Conv%dd.builder()".formatted(conv.axes()));
        code.append(".setKernelShape(%s)".formatted(shape(conv, conv.kernel())));
        code.append(".setFilters(%s)".formatted(units));
        if (conv.stride() != 1) {
            code.append(".optStride(%s)".formatted(shape(conv, conv.stride())));
        }
        if (conv.padding() != 0) {
            code.append(".optPadding(%s)".formatted(shape(conv, conv.padding())));
        }
        if (conv.dilation() != 1) {
            code.append(".optDilation(%s)".formatted(shape(conv, conv.dilation())));
        }
        if (conv.groups() != 1) {
            code.append(".optGroups(%d)".formatted(conv.groups()));
        }
        return code + (conv.bias() ? "" : ".optBias(false)") + ".build()";
    }

    private static String shape(Conv conv, int side) {
        return "new Shape(" + (side + ", ").repeat(conv.axes() - 1) + side + ")";
    }

    private static String norm(Norm norm) {
        String axis = "";
        if (norm.last()) {
            axis = norm.batch() ? ".optAxis(2)" : ".axis(2)";
        }
        return (norm.batch() ? "BatchNorm" : "LayerNorm")
                + ".builder()"
                + axis
                + (norm.style() % 4 == 0 ? ".optEpsilon(0.001f)" : "")
                + (norm.center() ? "" : ".optCenter(false)")
                + (norm.scale() ? "" : ".optScale(false)")
                + ".build()";
    }

    private String branches(Branches branches, Scope scope) {
        String join = parts.join(branches.join(), branches.axis(), branches.style());
        StringBuilder code = new StringBuilder();
        switch (branches.style() % 3) {
            case 0 -> {
                return classes.branches(branches);
            }
            case 1 -> {
                code.append("new ParallelBlock(%s)".formatted(join));
                for (Node way : branches.ways()) {
                    code.append("\n.add(%s)".formatted(way(way, scope)));
                }
                return code.toString();
            }
            default -> {
                code.append("new ParallelBlock(%s, Arrays.<Block>asList(".formatted(join));
                String comma = "";
                for (Node way : branches.ways()) {
                    code.append(comma).append('\n').append(block(way, scope));
                    comma = ",";
                }
                return code.append("))").toString();
            }
        }
    }

    private String way(Node way, Scope scope) {
        return way instanceof Chain chain && chain.parts().isEmpty()
                ? "list -> list"
                : added(way, scope);
    }

    private String reuse(Reuse reuse, Scope scope) {
        if (reuse.style() % 2 == 0) {
            return classes.reuse(reuse);
        }
        String name = parts.name("reuse");
        parts.addMethod(
                """
                    private static SequentialBlock %s() {
                        Block shared = %s;
                        return new SequentialBlock().add(shared).add(%s).add(shared);
                    }
                """
                        .formatted(
                                name,
                                block(reuse.shared(), Scope.STATIC),
                                added(reuse.between(), Scope.STATIC)));
        return name + "()";
    }
}
