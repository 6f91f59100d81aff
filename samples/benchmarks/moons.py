# Copyright the Polyphony authors
# SPDX-License-Identifier: Apache-2.0
"""The two moons in eager PyTorch: for each line that names a method, trains it and answers with the
seconds of its second epoch, by the wall clock and of the thread that computes, and the samples in it.

The same batches, losses and optimizer as the harnesses: 128 examples a batch, Adam, data resident as tensors.
"""
import math
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

torch.set_num_threads(1)
BATCH, HIDDEN, CLASSES = 128, 128, 2


def moons(count):
    t = torch.linspace(0, math.pi, count // 2)
    upper = torch.stack((t.cos(), t.sin()), 1)
    lower = torch.stack((1 - t.cos(), 0.5 - t.sin()), 1)
    labels = torch.arange(count) // (count // 2)
    return torch.cat((upper, lower)) + 0.2 * torch.randn(count, 2), labels


class Grouped(nn.Module):
    """A linear layer for each member: [M, B, in] to [M, B, out]."""

    def __init__(self, members, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(members, inputs, outputs) / math.sqrt(inputs))
        self.bias = nn.Parameter(torch.zeros(members, 1, outputs))

    def forward(self, x):
        return torch.baddbmm(self.bias, x, self.weight)


class Mlp(nn.Module):
    """The plain network, or one trunk with several inputs and heads."""

    def __init__(self, inputs=2, members=1):
        super().__init__()
        self.members = members
        self.layers = nn.Sequential(
            nn.Linear(inputs, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, members * CLASSES))

    def forward(self, x):
        return self.layers(x.flatten(1)).view(-1, self.members, CLASSES)


class Packed(nn.Module):

    def __init__(self, members=4, alpha=2):
        super().__init__()
        width = HIDDEN * alpha // members
        self.members = members
        self.first = nn.Linear(2, members * width)
        self.second = Grouped(members, width, width)
        self.third = Grouped(members, width, CLASSES)

    def forward(self, x):
        x = F.relu(self.first(x)).view(len(x), self.members, -1).transpose(0, 1)
        return self.third(F.relu(self.second(x))).transpose(0, 1)


class MixMo(nn.Module):

    def __init__(self, members=2):
        super().__init__()
        self.members = members
        self.first = Grouped(members, 2, HIDDEN)
        self.layers = nn.Sequential(nn.ReLU(), nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, members * CLASSES))

    def forward(self, x, ratios):
        features = self.first(x.transpose(0, 1)) * (self.members * ratios.t().unsqueeze(2))
        return self.layers(features.sum(0)).view(-1, self.members, CLASSES)


class BatchEnsembleLinear(nn.Module):

    def __init__(self, members, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / math.sqrt(inputs))
        self.r = nn.Parameter(torch.randn(members, inputs).sign())
        self.s = nn.Parameter(torch.randn(members, outputs).sign())
        self.bias = nn.Parameter(torch.zeros(members, outputs))

    def forward(self, x):
        return F.linear(x * self.r, self.weight) * self.s + self.bias


class BatchEnsemble(nn.Sequential):

    def __init__(self, members=4):
        super().__init__(
            BatchEnsembleLinear(members, 2, HIDDEN), nn.ReLU(), BatchEnsembleLinear(members, HIDDEN, HIDDEN), nn.ReLU(),
            BatchEnsembleLinear(members, HIDDEN, CLASSES))


class Masksembles(nn.Module):

    def __init__(self, members=4):
        super().__init__()
        self.first = nn.Linear(2, HIDDEN)
        self.second = nn.Linear(HIDDEN, HIDDEN)
        self.third = nn.Linear(HIDDEN, CLASSES)
        for name in ("one", "two"):
            self.register_buffer(name, (torch.rand(members, HIDDEN) < 0.5).float())

    def forward(self, x):
        x = F.relu(self.first(x)) * self.one
        return self.third(F.relu(self.second(x)) * self.two)


class Deep(nn.Module):

    def __init__(self, members=3):
        super().__init__()
        self.copies = nn.ModuleList(Mlp() for _ in range(members))

    def forward(self, x):
        return torch.cat([copy(x[:, m]) for m, copy in enumerate(self.copies)], 1)


def loss_of(scores, labels, weights=None):
    """The sum over members, of the mean over the batch, or the mean of both."""
    labels = labels if labels.dim() == 2 else labels.unsqueeze(1).expand(-1, scores.shape[1])
    losses = F.cross_entropy(scores.reshape(-1, CLASSES), labels.reshape(-1), reduction="none").view(labels.shape)
    return losses if weights is None else losses * weights


def indices(method, count, members):
    """The examples of an epoch, [rows] or [rows, M], and the rows of a batch."""
    if method in ("plain", "packed", "sub-ensemble"):
        return torch.randperm(count), BATCH
    if method in ("batch-ensemble", "masksembles"):
        return torch.randperm(count).view(-1, members), BATCH // members
    return torch.stack([torch.randperm(count) for _ in range(members)], 1), BATCH


def train(method, data, labels):
    model, members, reduction = {
        "plain": lambda: (Mlp(), 1, "mean"),
        "packed": lambda: (Packed(), 4, "mean"),
        "mimo": lambda: (Mlp(6, 3), 3, "sum"),
        "mixmo": lambda: (MixMo(), 2, "sum"),
        "batch-ensemble": lambda: (BatchEnsemble(), 4, "mean"),
        "masksembles": lambda: (Masksembles(), 4, "mean"),
        "sub-ensemble": lambda: (Mlp(2, 4), 4, "mean"),
        "deep-ensemble": lambda: (Deep(), 3, "sum"),
    }[method]()
    fast = [p for n, p in model.named_parameters() if method == "batch-ensemble" and not n.endswith("weight")]
    slow = [p for p in model.parameters() if all(p is not f for f in fast)]
    groups = [{"params": slow}] + ([{"params": fast, "lr": 0.5e-3}] if fast else [])
    optimizer = torch.optim.Adam(groups, lr=1e-3)
    wall, cpu, samples = 0, 0, 0
    for epoch in range(2):  # the first is not counted
        order, rows = indices(method, len(data), members)
        total = torch.zeros(())
        start, began = time.perf_counter(), time.thread_time()
        for i in range(0, len(order) - rows + 1, rows):
            index = order[i:i + rows]
            x, y = data[index], labels[index]
            optimizer.zero_grad()
            if method == "mixmo":
                ratio = torch.distributions.Beta(2.0, 2.0).sample((rows, 1))
                ratios = torch.cat((ratio, 1 - ratio), 1)
                weights = ratios.pow(1 / 3)
                weights = members * weights / weights.sum(1, keepdim=True)
                losses = loss_of(model(x, ratios), y, weights)
            else:
                losses = loss_of(model(x), y)
            loss = losses.sum(1).mean() if reduction == "sum" else losses.mean()
            loss.backward()
            optimizer.step()
            total += loss.detach()
        total.item()
        wall, cpu = time.perf_counter() - start, time.thread_time() - began
        samples = len(order) // rows * BATCH
    return wall, cpu, samples


def main():
    data, labels = moons(int(sys.argv[1]))
    print("ready PyTorch " + torch.__version__, flush=True)
    for line in sys.stdin:
        print("%.6f %.6f %d" % train(line.strip(), data, labels), flush=True)


if __name__ == "__main__":
    main()
