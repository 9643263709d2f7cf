"""業務棚卸表 (activity inventory sheets) as typed models, print forms and comparisons."""
