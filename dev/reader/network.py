"""The network: a small BERT that knows which words are candidates, and a head for pairs of them."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from loaders.learned.candidates import Kind
from loaders.learned.encoding import ASSERTIONS, STAGES
from loaders.learned.relations import RELATIONS

DROPOUT = 0.1
DISTANCES = 9
"""Buckets of the distance between two mentions, in tokens, for each of the two orders."""


class Reader(nn.Module):
    """Scores of relations for pairs of mentions.

    Args:
        pretrained: folder of a BERT encoder, or its configuration for an empty one.
        width: of the pairs' representation.
    """

    def __init__(self, pretrained: str | BertConfig, width: int = 384) -> None:
        super().__init__()
        if isinstance(pretrained, str):
            self.bert = BertModel.from_pretrained(
                pretrained, add_pooling_layer=False, attn_implementation="eager",
                hidden_dropout_prob=DROPOUT, attention_probs_dropout_prob=DROPOUT,
            )  # fmt: skip
        else:
            self.bert = BertModel(pretrained, add_pooling_layer=False)
        size = self.bert.config.hidden_size
        plain = self.bert.embeddings.token_type_embeddings.weight.data[:1]
        kinds = nn.Embedding(len(Kind) + 1, size)
        kinds.weight.data = plain.repeat(len(Kind) + 1, 1) + torch.randn(len(Kind) + 1, size) * 0.02
        kinds.weight.data[0] = plain[0]
        self.bert.embeddings.token_type_embeddings = kinds
        self.distance = nn.Embedding(2 * DISTANCES + 1, 64)
        self.query = nn.Sequential(nn.Linear(2 * size + 64, size), nn.Tanh(), nn.Linear(size, size))
        self.pair = nn.Sequential(nn.Dropout(0.2), nn.Linear(4 * size + 64, width), nn.GELU(), nn.Dropout(0.2))
        self.relation = nn.Linear(width, len(RELATIONS))
        self.stage = nn.Linear(width, len(STAGES))
        self.assertion = nn.Linear(width, len(ASSERTIONS))

    def forward(
        self, ids: Tensor, kinds: Tensor, attention: Tensor, spans: Tensor, pairs: Tensor
    ) -> tuple[Tensor, ...]:
        """Scores of the relations, stages and assertions of each pair, and where in the window it looks.

        Args:
            ids: examples × tokens.
            kinds: kinds of the tokens' words, examples × tokens.
            attention: 1 for tokens, 0 for filling, examples × tokens.
            spans: mentions × 3: example, first and last token.
            pairs: pairs × 2: indices of mentions.
        """
        hidden = self.bert(input_ids=ids, attention_mask=attention, token_type_ids=kinds).last_hidden_state
        row, first, last = spans[:, 0], spans[:, 1], spans[:, 2]
        mentions = (hidden[row, first] + hidden[row, last]) / 2
        s, o = pairs[:, 0], pairs[:, 1]
        apart = first[o] - first[s]
        bucket = torch.log2(apart.abs().float() + 1).round().long().clamp(max=DISTANCES) * torch.sign(apart) + DISTANCES
        near = self.distance(bucket)
        query = self.query(torch.cat([mentions[s], mentions[o], near], dim=-1))
        look, context = self._look(query, hidden, attention, row[s])
        rep = self.pair(torch.cat([mentions[s], mentions[o], mentions[s] * mentions[o], context, near], dim=-1))
        return self.relation(rep), self.stage(rep), self.assertion(rep), look

    def _look(self, query: Tensor, hidden: Tensor, attention: Tensor, row: Tensor) -> tuple[Tensor, Tensor]:
        """Where each pair looks in its window, and what it sees; pairs come in the order of their windows."""
        if len(hidden) == 1:
            return _looked(query, hidden[0], attention[0])
        counts = torch.bincount(row, minlength=len(hidden)).tolist()
        found = [_looked(*one) for one in zip(query.split(counts), hidden, attention, strict=True)]
        return torch.cat([look for look, _ in found]), torch.cat([context for _, context in found])


def _looked(query: Tensor, window: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    look = query @ window.T / query.shape[-1] ** 0.5
    look = look.masked_fill(mask == 0, -1e4).softmax(dim=-1)
    return look, look @ window


def by_group(scores: Tensor, groups: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Scores of pairs of entities: the log of the sum over their pairs of mentions; and the best of those pairs."""
    top = torch.full((count, scores.shape[1]), -1e4, dtype=scores.dtype)
    index = groups[:, None].expand_as(scores)
    top = top.scatter_reduce(0, index, scores, reduce="amax")
    summed = torch.zeros_like(top).scatter_add(0, index, (scores - top[groups]).exp())
    positions = torch.arange(len(scores))[:, None].expand_as(scores)
    best = torch.zeros(count, scores.shape[1], dtype=torch.long)
    hit = scores >= top[groups]
    best = best.scatter_reduce(0, index, torch.where(hit, positions, -1), reduce="amax", include_self=True)
    return top + summed.clamp(min=1e-9).log(), best
