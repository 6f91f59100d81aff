/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import dev.polyphony.processor.fuzz.BlockWriter.Scope;
import dev.polyphony.processor.fuzz.Node.Chain;
import dev.polyphony.processor.fuzz.Node.Repeat;
import java.util.List;

/** Writes what stands one after the other: calls, helpers, lists, streams, loops and recursion. */
final class ChainWriter {

    private final ClassParts parts;
    private final BlockWriter blocks;
    private final BlockClassWriter classes;

    ChainWriter(ClassParts parts, BlockWriter blocks) {
        this.parts = parts;
        this.blocks = blocks;
        classes = new BlockClassWriter(parts, blocks);
    }

    String chain(Chain chain, Scope scope) {
        if (chain.parts().isEmpty()) {
            return "Blocks.identityBlock()";
        }
        return switch (chain.style() % 11) {
            case 1 -> helper(chain, scope, adds("block", chain.parts(), memberScope(scope)));
            case 2 -> helper(chain, Scope.STATIC, list(chain));
            case 3 -> helper(chain, Scope.STATIC, stream(chain));
            case 4 -> helper(chain, Scope.STATIC, array(chain));
            case 5 -> classes.sequential(chain);
            case 6 -> classes.children(chain);
            case 7 -> anonymous(chain);
            case 8 -> helper(chain, Scope.STATIC, conditional(chain));
            default -> inline(chain, scope);
        };
    }

    private static Scope memberScope(Scope scope) {
        return new Scope(scope.instance(), false);
    }

    private String inline(Chain chain, Scope scope) {
        StringBuilder code = new StringBuilder("new SequentialBlock()");
        for (Node part : chain.parts()) {
            code.append("\n.add(%s)".formatted(blocks.added(part, scope)));
        }
        return code.toString();
    }

    /** Statements that add parts to a block. */
    String adds(String target, List<Node> nodes, Scope scope) {
        StringBuilder code = new StringBuilder();
        for (Node node : nodes) {
            code.append("%s.add(%s);\n".formatted(target, blocks.added(node, scope)));
        }
        return code.toString();
    }

    /** A method whose statements fill a block, and its call. */
    private String helper(Chain chain, Scope scope, String statements) {
        String name = parts.name("part");
        boolean instance = scope.instance() && chain.style() % 2 == 0;
        parts.addMethod(
                """
                    /** Makes a part. */
                    private %s%s %s() {
                        var block = new SequentialBlock();
                %s        return block;
                    }
                """
                        .formatted(
                                scope.instance() ? "" : "static ",
                                chain.style() % 3 == 0 ? "Block" : "SequentialBlock",
                                name,
                                statements));
        return (instance ? "this." : "") + name + "()";
    }

    private String list(Chain chain) {
        StringBuilder code = new StringBuilder("List<Block> parts = new ArrayList<>();\n");
        for (Node part : chain.parts()) {
            code.append("parts.add(%s);\n".formatted(blocks.block(part, Scope.STATIC)));
        }
        return code.append("block.addAll(parts);\n").toString();
    }

    private String stream(Chain chain) {
        List<String> makers =
                chain.parts().stream()
                        .map(part -> "() -> " + blocks.block(part, Scope.STATIC))
                        .toList();
        return "Stream.<Supplier<Block>>of(%s).map(Supplier::get).forEach(block::add);\n"
                .formatted(String.join(",\n", makers));
    }

    private String array(Chain chain) {
        List<String> elements =
                chain.parts().stream().map(part -> blocks.block(part, Scope.STATIC)).toList();
        return "Block[] parts = {%s};\nfor (Block part : parts) {\nblock.add(part);\n}\n"
                .formatted(String.join(",\n", elements));
    }

    private String conditional(Chain chain) {
        String adds = adds("block", chain.parts(), Scope.STATIC);
        return """
                // the shallow variant
                if ("deep".isEmpty()) {
                    block.add(Blocks.identityBlock());
                } else if ("deep".length() > 0) {
                %s}
                """
                .formatted(adds);
    }

    private String anonymous(Chain chain) {
        return "new SequentialBlock() {\n{\n%s}\n}"
                .formatted(adds("this", chain.parts(), Scope.STATIC));
    }

    String repeat(Repeat repeat) {
        String name = parts.name("repeated");
        String add = "block.add(%s);\n".formatted(blocks.added(repeat.body(), Scope.STATIC));
        String loop =
                switch (repeat.style() % 6) {
                    case 0 -> "for (int i = 0; i < times; i++) {\n" + add + "}\n";
                    case 1 -> "IntStream.range(0, times).forEach(i -> {\n" + add + "});\n";
                    case 2 -> "while (times-- > 0) {\n" + add + "}\n";
                    case 3 -> "for (int size : new int[times]) {\n" + add + "}\n";
                    case 4 ->
                            "if (times > 1) {\nblock.add(%s(times - 1));\n}\n".formatted(name)
                                    + add;
                    default ->
                            "Supplier<Block> make = () -> %s;\n"
                                            .formatted(blocks.block(repeat.body(), Scope.STATIC))
                                    + "Stream.generate(make).limit(times).forEach(block::add);\n";
                };
        parts.addMethod(
                """
                    private static SequentialBlock %s(int times) {
                        SequentialBlock block = new SequentialBlock();
                %s        return block;
                    }
                """
                        .formatted(name, loop));
        return "%s(%d)".formatted(name, repeat.times());
    }
}
